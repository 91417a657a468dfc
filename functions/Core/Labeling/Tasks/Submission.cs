namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>What one labeler says of one task. Which fields are filled depends on the task's kind; <see cref="SubmissionChecks"/> tells.</summary>
public sealed record Submission
{
    /// <summary>Chosen by the sender: the same one again is the same submission.</summary>
    public required string Id { get; init; }

    public required string Labeler { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Rank: one per answer, 1 for the best, equal ones for ties.</summary>
    public IReadOnlyList<int>? Ranks { get; init; }

    /// <summary>Rate: one per answer. May come with ranks too, as InstructGPT's labelers gave both.</summary>
    public IReadOnlyList<Rating>? Ratings { get; init; }

    /// <summary>Write: the ideal answer.</summary>
    public string? Text { get; init; }

    /// <summary>Flag: categories of <see cref="Moderation.ModerationCategory"/>; an empty list says that nothing is wrong.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    public string? Comment { get; init; }
}
