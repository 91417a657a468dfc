namespace ChatLoop.Core.Conversations;

/// <summary>Tokens read (the prompt with its history) and written.</summary>
public sealed record Usage(long InputTokens, long OutputTokens)
{
    public long TotalTokens => InputTokens + OutputTokens;
}
