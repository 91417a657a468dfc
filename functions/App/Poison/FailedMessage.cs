namespace ChatLoop.App.Poison;

/// <summary>A message that a queue's function could not take.</summary>
/// <param name="Id">Of its queue and its bytes: the same message that fails again is the same record.</param>
/// <param name="Reasons">Why, in sentences.</param>
/// <param name="Body">The message; null where it lies in a blob of the same id, being too large for a row.</param>
/// <param name="DequeueCount">How often it was tried, the last time it failed; 0 where nobody knows.</param>
/// <param name="Times">How often it was recorded.</param>
internal sealed record FailedMessage(
    string Id,
    string Queue,
    IReadOnlyList<string> Reasons,
    byte[]? Body,
    long DequeueCount,
    int Times,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    FailedMessageState State)
{
    /// <summary>Why it was discarded.</summary>
    public string? Note { get; init; }
}
