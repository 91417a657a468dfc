using ChatLoop.Core.Conversations;
using ChatLoop.Inference;
using Microsoft.Extensions.AI;

namespace ChatLoop.App.Chat;

/// <summary>A turn as the model is asked it.</summary>
internal static class ModelRequest
{
    public static List<ChatMessage> Messages(Conversation conversation, Turn turn) =>
    [
        .. conversation.Prelude?.System is { } system ? [new ChatMessage(ChatRole.System, system)] : Array.Empty<ChatMessage>(),
        .. ConversationHistory.Before(conversation, turn.Id).SelectMany(exchange => new[]
        {
            new ChatMessage(ChatRole.User, exchange.Question),
            new ChatMessage(ChatRole.Assistant, exchange.Answer),
        }),
        new ChatMessage(ChatRole.User, turn.Question),
    ];

    public static ChatOptions Options(AnswerOptions options, Conversation conversation) => new()
    {
        Temperature = (float?)options.Temperature,
        TopP = (float?)options.TopP,
        TopK = options.TopK,
        PresencePenalty = (float?)options.PresencePenalty,
        FrequencyPenalty = (float?)options.FrequencyPenalty,
        MaxOutputTokens = options.MaxTokens,
        Seed = options.Seed,
        StopSequences = options.Stop is { } stop ? [.. stop] : null,
        AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [SamplingProperties.MinP] = options.MinP,
            [SamplingProperties.RepetitionPenalty] = options.RepetitionPenalty,
            // Where nobody is named, each conversation is somebody.
            [SchedulingProperties.Caller] = conversation.UserId ?? conversation.Id,
        },
    };
}
