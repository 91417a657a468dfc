namespace ChatLoop.Training.Data;

/// <summary>One conversation of fine-tuning.</summary>
/// <param name="Source">The data set it comes from.</param>
/// <param name="Key">What train and validation are split by; conversations with one key stay together. Not written.</param>
internal sealed record Conversation(string Source, IReadOnlyList<Message> Messages, [property: System.Text.Json.Serialization.JsonIgnore] string Key = "")
{
    /// <summary>One question and its answer.</summary>
    public static Conversation Of(string source, string question, string answer, string? key = null) =>
        new(source, [new Message(Core.Chat.ChatRole.User, question), new Message(Core.Chat.ChatRole.Assistant, answer)], key ?? question);
}
