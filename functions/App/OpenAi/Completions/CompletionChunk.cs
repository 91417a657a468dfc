using System.Text.Json.Serialization;
using ChatLoop.App.OpenAi.Moderations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>One event of a streamed completion.</summary>
internal sealed record CompletionChunk(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionChunk.ChoicePart> Choices)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionUsage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionModeration? Moderation { get; init; }

    internal sealed record ChoicePart(int Index, Delta Delta, object? Logprobs, string? FinishReason)
    {
        /// <summary>Not of the contract, in a choice's last chunk: under which ids feedback on the answer is given.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ChatCompletion.TurnName? Chatloop { get; init; }
    }

    internal sealed record Delta
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Role { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Content { get; init; }
    }
}
