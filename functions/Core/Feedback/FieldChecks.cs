using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Feedback;

/// <summary>Checks that several messages share; each yields mistakes as sentences.</summary>
internal static class FieldChecks
{
    public const int LongestId = 128;

    public const int LongestComment = 2_000;

    /// <summary>In characters: an answer, or a prompt as a whole.</summary>
    public const int LongestText = 16_000;

    public const int MostMessages = 64;

    public static IEnumerable<string> Id(string field, string? id)
    {
        if (string.IsNullOrWhiteSpace(id)) yield return $"{field} is missing.";
        else if (id.Length > LongestId) yield return $"{field} has {id.Length} characters; at most {LongestId} are taken.";
        // What Azure's tables do not take in keys.
        else if (id.Any(c => char.IsControl(c) || c is '/' or '\\' or '#' or '?')) yield return $"{field} has a character that ids may not have: / \\ # ? or a control character.";
    }

    public static IEnumerable<string> OptionalId(string field, string? id) => id is null ? [] : Id(field, id);

    public static IEnumerable<string> Text(string field, string? text, int longest = LongestText)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return $"{field} is empty.";
        else if (text.Length > longest) yield return $"{field} has {text.Length} characters; at most {longest} are taken.";
    }

    public static IEnumerable<string> Comment(string? comment) =>
        comment?.Length > LongestComment ? [$"comment has {comment.Length} characters; at most {LongestComment} are taken."] : [];

    public static IEnumerable<string> Kind(string field, object? value) => value is null ? [$"{field} is missing."] : [];

    public static IEnumerable<string> Time(DateTimeOffset at) => at == default ? ["at, the time when it was sent, is missing."] : [];

    public static IEnumerable<string> Prompt(IReadOnlyList<PromptMessage> prompt)
    {
        if (prompt.Count == 0)
        {
            yield return "prompt is empty: give a list of messages, the last from the user.";
            yield break;
        }

        if (prompt.Count > MostMessages) yield return $"prompt has {prompt.Count} messages; at most {MostMessages} are taken.";
        foreach (var (index, message) in prompt.Index())
        {
            if (message?.Role is not (ChatRole.System or ChatRole.User or ChatRole.Assistant)) yield return $"prompt[{index}] has the role '{message?.Role}'; a message is from system, user or assistant.";
            if (string.IsNullOrWhiteSpace(message?.Content)) yield return $"prompt[{index}] has no content.";
        }

        if (prompt[^1] is { Role: not ChatRole.User }) yield return "prompt does not end with a message from the user.";
        if (prompt.Sum(message => message?.Content?.Length ?? 0) is var length and > LongestText) yield return $"prompt has {length} characters; at most {LongestText} are taken.";
    }
}
