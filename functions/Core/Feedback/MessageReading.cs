namespace ChatLoop.Core.Feedback;

/// <summary>What came of reading a message.</summary>
/// <param name="Message">The message; null where there are mistakes.</param>
/// <param name="Key">Its idempotency key; null where there are mistakes.</param>
/// <param name="Mistakes">Every mistake as a sentence, for the poison record and the sender.</param>
public sealed record MessageReading<T>(T? Message, string? Key, IReadOnlyList<string> Mistakes)
    where T : class
{
    public bool IsValid => Message is not null;
}
