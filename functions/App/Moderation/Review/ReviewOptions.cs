using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Moderation.Review;

/// <summary>How people look at what moderation flagged or blocked.</summary>
public sealed class ReviewOptions
{
    public const string Section = "Review";

    /// <summary>How many labelers see each text.</summary>
    [Range(1, 20)]
    public int Labelers { get; set; } = 3;
}
