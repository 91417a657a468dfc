namespace ChatLoop.Core.Feedback;

/// <summary>A message of the queue `feedback`: what a user says of one answer. Fields are as sent; <see cref="QueueContracts"/> checks them.</summary>
public sealed record FeedbackMessage
{
    public int SchemaVersion { get; init; }

    public string Id { get; init; } = "";

    public string UserId { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public string TurnId { get; init; } = "";

    public FeedbackKind? Kind { get; init; }

    // Here and below, ?? because a source-generated reader sets what the JSON leaves out to null.
    public IReadOnlyList<FeedbackReason> Reasons { get; init => field = value ?? []; } = [];

    public string? Comment { get; init; }

    /// <summary>Preference: the id of the draft that the user prefers.</summary>
    public string? PreferredDraft { get; init; }

    /// <summary>Preference: the id of the draft beside it.</summary>
    public string? OtherDraft { get; init; }

    public string? CorrectedAnswer { get; init; }

    /// <summary>Whether the user lets the conversation be kept for training.</summary>
    public bool AllowDataUse { get; init; }

    public DateTimeOffset At { get; init; }
}
