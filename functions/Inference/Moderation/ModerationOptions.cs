using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Inference.Moderation;

/// <summary>How texts are moderated.</summary>
public sealed class ModerationOptions
{
    public const string Section = "Moderation";

    /// <summary>The moderation model's folder. Relative to the application's folder.</summary>
    [Required]
    public string ModelPath { get; set; } = "models/moderation";

    /// <summary>The policy file: thresholds and blocklist. Relative to the application's folder; empty: the model's own thresholds, no blocklist.</summary>
    [Required(AllowEmptyStrings = true)]
    public string PolicyPath { get; set; } = "Moderation/policy.json";
}
