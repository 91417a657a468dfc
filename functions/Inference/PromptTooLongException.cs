namespace ChatLoop.Inference;

/// <summary>The system messages and the last question alone leave no room for an answer.</summary>
public sealed class PromptTooLongException : Exception
{
    public PromptTooLongException()
    {
    }

    public PromptTooLongException(string message)
        : base(message)
    {
    }

    public PromptTooLongException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PromptTooLongException(int tokens, int limit)
        : base($"The question takes {tokens} tokens; at most {limit} fit beside an answer. Shorten it.") => (Tokens, Limit) = (tokens, limit);

    /// <summary>Tokens of the shortest prompt there is for it.</summary>
    public int Tokens { get; }

    public int Limit { get; }
}
