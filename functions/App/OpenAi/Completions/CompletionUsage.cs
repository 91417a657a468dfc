namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Tokens that a request took; zeros where the model was not asked.</summary>
internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens);
