namespace ChatLoop.Core.Chat;

/// <summary>Who speaks in a conversation, as data sets, chat templates and the API write it.</summary>
public static class ChatRole
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>The special token that opens a message of this role.</summary>
    /// <exception cref="ArgumentException">The role is not one of the three.</exception>
    public static string Token(string role) => role switch
    {
        System => SpecialTokens.System,
        User => SpecialTokens.User,
        Assistant => SpecialTokens.Assistant,
        _ => throw new ArgumentException($"'{role}' is no role: a message is from system, user or assistant.", nameof(role)),
    };
}
