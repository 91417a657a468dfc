using System.Globalization;
using ChatLoop.Inference.Models;
using ChatLoop.Inference.Prompts;
using ChatLoop.Inference.Sampling;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference;

/// <summary>Turns what a caller gives into turns and settings, and refuses what this client does not do.</summary>
internal static class RequestReader
{
    /// <exception cref="ArgumentException">No message, a role or a content that is not text between the known roles.</exception>
    public static List<Turn> Turns(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var turns = new List<Turn>();
        if (!string.IsNullOrWhiteSpace(options?.Instructions)) turns.Add(new Turn(Turn.System, options.Instructions));
        foreach (var message in messages)
        {
            var role = message.Role == ChatRole.System ? Turn.System
                : message.Role == ChatRole.User ? Turn.User
                : message.Role == ChatRole.Assistant ? Turn.Assistant
                : throw new ArgumentException($"The role '{message.Role}' is not known to this model; use system, user or assistant.", nameof(messages));
            if (message.Contents.FirstOrDefault(c => c is not TextContent) is { } other)
            {
                throw new ArgumentException($"A message holds {other.GetType().Name}; this model reads text only.", nameof(messages));
            }

            turns.Add(new Turn(role, message.Text));
        }

        return turns.Exists(t => t.Role != Turn.System) ? turns : throw new ArgumentException("There is no question: give at least one message of the user.", nameof(messages));
    }

    /// <summary>The caller's settings, over the model's own defaults.</summary>
    /// <exception cref="ArgumentException">A value out of range, or something that this client does not do.</exception>
    public static SamplingSettings Sampling(ChatOptions? options, GenerationSettings model)
    {
        var settings = new SamplingSettings
        {
            Temperature = InRange(options?.Temperature ?? (model.DoSample ? model.Temperature ?? 1 : 0), 0, 100, nameof(ChatOptions.Temperature)),
            TopP = InRange(options?.TopP ?? (model.DoSample ? model.TopP ?? 1 : 1), 0, 1, nameof(ChatOptions.TopP)),
            TopK = options?.TopK ?? (model.DoSample ? model.TopK ?? 0 : 0),
            MinP = InRange(Number(options, SamplingProperties.MinP) ?? model.MinP ?? 0, 0, 1, SamplingProperties.MinP),
            RepetitionPenalty = InRange(Number(options, SamplingProperties.RepetitionPenalty) ?? model.RepetitionPenalty ?? 1, 0.1f, 10, SamplingProperties.RepetitionPenalty),
            PresencePenalty = InRange(options?.PresencePenalty ?? 0, -2, 2, nameof(ChatOptions.PresencePenalty)),
            FrequencyPenalty = InRange(options?.FrequencyPenalty ?? 0, -2, 2, nameof(ChatOptions.FrequencyPenalty)),
            Seed = (ulong)(options?.Seed ?? Random.Shared.NextInt64()),
        };
        return settings.TopK >= 0 ? settings : throw new ArgumentException($"{nameof(ChatOptions.TopK)} is {settings.TopK}; it must be 0 (all) or more.", nameof(options));
    }

    /// <exception cref="ArgumentException">It is no text.</exception>
    public static string? Caller(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(SchedulingProperties.Caller) switch
    {
        null => null,
        string caller => caller,
        _ => throw new ArgumentException($"{SchedulingProperties.Caller} must be a text.", nameof(options)),
    };

    /// <summary>Refuses what cannot be done rather than leave it undone in silence.</summary>
    /// <exception cref="ArgumentException">Tools, another model, a format other than text, server-side conversations, an empty stop string, no room for output.</exception>
    public static void RefuseUnsupported(ChatOptions? options, string modelName)
    {
        if (options is null) return;
        if (options.Tools is { Count: > 0 }) throw Unsupported("tools");
        if (options.ResponseFormat is not (null or ChatResponseFormatText)) throw Unsupported($"the response format {options.ResponseFormat.GetType().Name}");
        if (options.ConversationId is not null) throw Unsupported("conversation ids; send the whole conversation");
        if (options.AllowBackgroundResponses is true || options.ContinuationToken is not null) throw Unsupported("background responses");
        if (options.ModelId is { } id && id != modelName) throw new ArgumentException($"There is no model '{id}' here, only '{modelName}'.", nameof(options));
        if (options.MaxOutputTokens < 1) throw new ArgumentException($"{nameof(ChatOptions.MaxOutputTokens)} is {options.MaxOutputTokens}; it must be 1 or more.", nameof(options));
        if (options.StopSequences?.Any(string.IsNullOrEmpty) is true) throw new ArgumentException("A stop sequence is empty.", nameof(options));
    }

    private static ArgumentException Unsupported(string what) => new($"This model does not support {what}.");

    private static float InRange(float value, float low, float high, string name) =>
        value >= low && value <= high
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must lie between {low} and {high}."));

    private static float? Number(ChatOptions? options, string key)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.TryGetValue(key, out var value) || value is null) return null;
        try
        {
            return value is System.Text.Json.JsonElement json ? json.GetSingle() : Convert.ToSingle(value, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new ArgumentException($"{key} must be a number.", nameof(options), e);
        }
    }
}
