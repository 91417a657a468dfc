namespace ChatLoop.Core.Chat;

/// <summary>
/// How a conversation becomes one sequence: <c>&lt;|begin|&gt;</c>, then for each message its role's token, its text and
/// <c>&lt;|end|&gt;</c>. The trainer, inference and the exported Jinja template all follow this one.
/// </summary>
public static class ChatTemplate
{
    /// <summary>The same template for Hugging Face's libraries (tokenizer_config.json).</summary>
    public const string Jinja =
        "{{ '<|begin|>' }}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    /// <summary>Renders messages (role, text) in order.</summary>
    /// <param name="messages">Roles are those of <see cref="ChatRole"/>.</param>
    /// <param name="addGenerationPrompt">Ends with the assistant's token, so that a model goes on with the answer.</param>
    public static IEnumerable<ChatSegment> Render(IEnumerable<(string Role, string Text)> messages, bool addGenerationPrompt)
    {
        ArgumentNullException.ThrowIfNull(messages);
        yield return Special(SpecialTokens.Begin);
        foreach (var (role, text) in messages)
        {
            var learned = role == ChatRole.Assistant;
            yield return Special(ChatRole.Token(role));
            yield return new ChatSegment(text, IsSpecial: false, learned);
            yield return new ChatSegment(SpecialTokens.End, IsSpecial: true, learned);
        }

        if (addGenerationPrompt) yield return Special(SpecialTokens.Assistant);
    }

    private static ChatSegment Special(string token) => new(token, IsSpecial: true, IsLearned: false);
}
