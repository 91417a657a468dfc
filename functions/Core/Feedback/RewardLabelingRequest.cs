namespace ChatLoop.Core.Feedback;

/// <summary>A message of the queue `reward-labeling`: stored answers that the reward model is to score. <see cref="QueueContracts"/> checks it.</summary>
public sealed record RewardLabelingRequest
{
    public int SchemaVersion { get; init; }

    public string Id { get; init; } = "";

    public RewardLabelingPurpose? Purpose { get; init; }

    /// <summary>Null for the one that serves.</summary>
    public string? RewardModel { get; init; }

    // Here and below, ?? because a source-generated reader sets what the JSON leaves out to null.
    public IReadOnlyList<AnswerReference> Answers { get; init => field = value ?? []; } = [];

    public DateTimeOffset At { get; init; }
}
