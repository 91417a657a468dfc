using System.Text.Json;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Parameters of OpenAI's that change nothing here, and those that would: a client is told that it will not get what it asks for.</summary>
internal static class OtherParameters
{
    // Labels, hints to OpenAI's own caches and queues, and the moderation that every request gets anyway.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "user", "metadata", "store", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "service_tier", "parallel_tool_calls", "moderation",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["tools"] = "the model calls no tools.",
        ["tool_choice"] = "the model calls no tools.",
        ["functions"] = "the model calls no functions.",
        ["function_call"] = "the model calls no functions.",
        ["logit_bias"] = "leave it out.",
        ["response_format"] = "answers are text; say in a message how they should look.",
        ["logprobs"] = "no log probabilities are returned.",
        ["top_logprobs"] = "no log probabilities are returned.",
        ["modalities"] = "answers are text.",
        ["audio"] = "answers are text.",
        ["prediction"] = "leave it out.",
        ["reasoning_effort"] = "the model does not reason.",
        ["verbosity"] = "say in a message how long the answer should be.",
        ["web_search_options"] = "the model does not search.",
    };

    /// <returns>Whether it is one of these, and asks for nothing.</returns>
    /// <exception cref="OpenAiException">It asks for something that is not done here.</exception>
    public static bool Accept(string name, JsonElement value)
    {
        if (Ignored.Contains(name))
            return true;
        if (!Refused.TryGetValue(name, out var why))
            return false;
        return AsksForNothing(name, value) ? true : throw OpenAiException.Unsupported(name, why);
    }

    private static bool AsksForNothing(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Array when name == "modalities" => value.EnumerateArray().All(modality => modality.ValueEquals("text")),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object when name == "response_format" => value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text"),
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => name is "tool_choice" or "function_call" && (value.ValueEquals("none") || value.ValueEquals("auto")),
        _ => false,
    };
}
