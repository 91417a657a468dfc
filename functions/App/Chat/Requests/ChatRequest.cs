using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Chat.Requests;

/// <summary>A question, checked.</summary>
internal sealed record ChatRequest(string Message, string? ConversationId, AnswerOptions Options)
{
    /// <summary>The turn to follow, or <see cref="Turn.Root"/>; null for the one that was accepted last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    /// <summary>What was said before; only where a conversation is begun.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Prelude? Prelude { get; init; }

    /// <summary>Whether the answer is to be released while it is written. How an answer is read is no part of what was asked: the hash leaves it out.</summary>
    [JsonIgnore]
    public bool Stream { get; init; }

    /// <summary>Whether a client that closes its stream stops the turn.</summary>
    [JsonIgnore]
    public bool StopOnDisconnect { get; init; }

    /// <summary>The same for requests that mean the same, however their JSON is laid out.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, AppJson.Default.ChatRequest)));
}
