using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Datasets;

/// <summary>By what prompts are duplicates.</summary>
internal static class PromptKey
{
    /// <summary>
    /// The beginning of what the user said, in lower case and with single spaces, the last message first. Last first, as the turns of one
    /// conversation begin alike, but ask different things; without system messages, as these are alike for everybody.
    /// </summary>
    public static string Of(IReadOnlyList<PromptMessage> prompt, int length)
    {
        var said = string.Join(' ', prompt.Where(message => message.Role == ChatRole.User).Reverse().Select(message => message.Content));
        var words = string.Join(' ', said.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= length ? words : words[..length];
    }
}
