using System.Globalization;
using System.Text.Json;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Chat.Requests;

/// <summary>Reads the options of a question. null stands for the model's own default, as if the option were left out.</summary>
internal static class AnswerOptionsReader
{
    private const int MostTokens = 100_000;
    private const int MostStops = 8;
    private const int LongestStop = 100;

    private static readonly Dictionary<string, Func<AnswerOptions, JsonElement, AnswerOptions>> Options = new(StringComparer.Ordinal)
    {
        ["temperature"] = (options, value) => options with { Temperature = Number("temperature", value, 0, 2) },
        ["topP"] = (options, value) => options with { TopP = Number("topP", value, 0, 1) },
        ["topK"] = (options, value) => options with { TopK = (int)Integer("topK", value, 0, 1_000_000) },
        ["minP"] = (options, value) => options with { MinP = Number("minP", value, 0, 1) },
        ["repetitionPenalty"] = (options, value) => options with { RepetitionPenalty = Number("repetitionPenalty", value, 0.1, 10) },
        ["presencePenalty"] = (options, value) => options with { PresencePenalty = Number("presencePenalty", value, -2, 2) },
        ["frequencyPenalty"] = (options, value) => options with { FrequencyPenalty = Number("frequencyPenalty", value, -2, 2) },
        ["maxTokens"] = (options, value) => options with { MaxTokens = (int)Integer("maxTokens", value, 1, MostTokens) },
        ["seed"] = (options, value) => options with { Seed = Integer("seed", value, long.MinValue, long.MaxValue) },
        ["stop"] = (options, value) => options with { Stop = Stop(value) },
    };

    /// <exception cref="ChatRequestException">An option is unknown, of the wrong type or out of range.</exception>
    public static AnswerOptions Read(JsonElement json)
    {
        var options = new AnswerOptions();
        if (json.ValueKind == JsonValueKind.Null)
            return options;
        if (json.ValueKind != JsonValueKind.Object)
            throw ChatRequestReader.Bad("invalid_type", "options must be an object.");
        foreach (var field in json.EnumerateObject())
        {
            if (!Options.TryGetValue(field.Name, out var set))
                throw ChatRequestReader.Bad("unknown_option", $"The option '{ChatRequestReader.Cut(field.Name)}' is unknown; there are {string.Join(", ", Options.Keys)}.");
            if (field.Value.ValueKind != JsonValueKind.Null)
                options = set(options, field.Value);
        }

        return options;
    }

    private static double Number(string name, JsonElement value, double least, double most)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw ChatRequestReader.Bad("invalid_type", $"The option '{name}' must be a number.");
        return value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw ChatRequestReader.Bad("out_of_range", string.Create(CultureInfo.InvariantCulture, $"The option '{name}' must be from {least} to {most}."));
    }

    private static long Integer(string name, JsonElement value, long least, long most)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw ChatRequestReader.Bad("invalid_type", $"The option '{name}' must be a whole number.");
        return value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw ChatRequestReader.Bad("out_of_range", $"The option '{name}' must be a whole number from {least} to {most}.");
    }

    private static string[] Stop(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(text => text.ValueKind != JsonValueKind.String))
            throw ChatRequestReader.Bad("invalid_type", "The option 'stop' must be an array of texts.");
        string[] stops = [.. value.EnumerateArray().Select(text => text.GetString()!)];
        return stops.Length <= MostStops && stops.All(text => text.Length is > 0 and <= LongestStop)
            ? stops
            : throw ChatRequestReader.Bad("out_of_range", $"The option 'stop' takes up to {MostStops} texts of 1 to {LongestStop} characters.");
    }
}
