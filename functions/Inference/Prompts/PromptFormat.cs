namespace ChatLoop.Inference.Prompts;

/// <summary>
/// How a family of models writes a conversation. The strings hold special tokens by name; only these strings may become
/// special tokens, what people wrote never does.
/// </summary>
/// <param name="Name">The family.</param>
/// <param name="Begin">What stands before the first message.</param>
/// <param name="Open">What stands before a message; {role} is its role.</param>
/// <param name="Close">What stands after it.</param>
/// <param name="End">The special token that ends the model's answer.</param>
/// <param name="TrimsContent">White space around a message is cut off.</param>
/// <param name="DefaultSystem">The system message of a conversation that has none.</param>
internal sealed record PromptFormat(string Name, string Begin, string Open, string Close, string End, bool TrimsContent = false, string? DefaultSystem = null)
{
    public string OpenFor(string role) => Open.Replace("{role}", role, StringComparison.Ordinal);
}
