namespace ChatLoop.Core.Conversations;

/// <summary>What was said before a conversation's first turn, as a client tells it that keeps the history itself and sends all of it each time.</summary>
/// <param name="System">How the model is to behave; null where the client says nothing of it.</param>
/// <param name="Exchanges">Questions and answers, in order.</param>
public sealed record Prelude(string? System, IReadOnlyList<Exchange> Exchanges)
{
    /// <summary>The exchanges, by index, that the model does not get to read: moderation flags a side of them, or a template answered.</summary>
    public IReadOnlyList<int> Withheld { get; init; } = [];

    /// <summary>The exchanges that the model may read.</summary>
    public IEnumerable<Exchange> Passed() => Exchanges.Where((_, index) => !Withheld.Contains(index));
}
