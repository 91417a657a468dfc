using System.Text.Json.Serialization;
using ChatLoop.App.OpenAi.Moderations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Answers as OpenAI's clients read them.</summary>
/// <param name="Created">Unix time in seconds.</param>
internal sealed record ChatCompletion(
    string Id, string Object, long Created, string Model, IReadOnlyList<ChatCompletion.Choice> Choices, CompletionUsage Usage, CompletionModeration Moderation)
{
    /// <param name="FinishReason">stop, length or content_filter.</param>
    /// <param name="Logprobs">Always null: the contract wants the key.</param>
    internal sealed record Choice(int Index, Message Message, string FinishReason, object? Logprobs)
    {
        /// <summary>Not of the contract: under which ids feedback on this answer is given.</summary>
        public required TurnName Chatloop { get; init; }
    }

    internal sealed record Message(string Role, string Content, string? Refusal);

    internal sealed record TurnName([property: JsonPropertyName("conversationId")] string ConversationId, [property: JsonPropertyName("turnId")] string TurnId);
}
