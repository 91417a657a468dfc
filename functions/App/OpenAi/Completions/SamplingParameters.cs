using System.Text.Json;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>OpenAI's names for how to answer, and three that other servers have added to them.</summary>
internal static class SamplingParameters
{
    private const int MostTokens = 100_000;
    private const int MostStops = 4;
    private const int LongestStop = 100;

    private static readonly Dictionary<string, Func<AnswerOptions, JsonElement, AnswerOptions>> All = new(StringComparer.Ordinal)
    {
        ["temperature"] = (options, value) => options with { Temperature = Parameters.Number("temperature", value, 0, 2) },
        ["top_p"] = (options, value) => options with { TopP = Parameters.Number("top_p", value, 0, 1) },
        ["presence_penalty"] = (options, value) => options with { PresencePenalty = Parameters.Number("presence_penalty", value, -2, 2) },
        ["frequency_penalty"] = (options, value) => options with { FrequencyPenalty = Parameters.Number("frequency_penalty", value, -2, 2) },
        ["max_tokens"] = (options, value) => options with { MaxTokens = (int)Parameters.Integer("max_tokens", value, 1, MostTokens) },
        ["max_completion_tokens"] = (options, value) => options with { MaxTokens = (int)Parameters.Integer("max_completion_tokens", value, 1, MostTokens) },
        ["seed"] = (options, value) => options with { Seed = Parameters.Integer("seed", value, long.MinValue, long.MaxValue) },
        ["stop"] = (options, value) => options with { Stop = Stop(value) },
        ["top_k"] = (options, value) => options with { TopK = (int)Parameters.Integer("top_k", value, 0, 1_000_000) },
        ["min_p"] = (options, value) => options with { MinP = Parameters.Number("min_p", value, 0, 1) },
        ["repetition_penalty"] = (options, value) => options with { RepetitionPenalty = Parameters.Number("repetition_penalty", value, 0.1, 10) },
    };

    /// <returns>Null where the parameter is none of these.</returns>
    public static AnswerOptions? Read(AnswerOptions options, string name, JsonElement value) => All.TryGetValue(name, out var set) ? set(options, value) : null;

    private static string[] Stop(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return Checked([value.GetString()!]);
        if (value.ValueKind != JsonValueKind.Array)
            throw Parameters.WrongType("stop", "a string or an array of strings");
        return Checked([.. value.EnumerateArray().Select((text, index) => Parameters.Text($"stop[{index}]", text))]);
    }

    private static string[] Checked(string[] stops) =>
        stops.Length <= MostStops && stops.All(text => text.Length is > 0 and <= LongestStop)
            ? stops
            : throw Parameters.OutOfRange("stop", $"up to {MostStops} strings of 1 to {LongestStop} characters");
}
