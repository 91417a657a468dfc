using System.Text.Json;

namespace ChatLoop.App.OpenAi;

/// <summary>Parts of a content: text is the only kind that is read here.</summary>
internal static class TextParts
{
    public static string Read(string name, JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text")
            && part.TryGetProperty("text", out var text)
            ? Parameters.Text($"{name}.text", text)
            : throw OpenAiException.Bad(name, "invalid_value", $"Invalid value for '{name}': only text is read here; send {{ \"type\": \"text\", \"text\": … }}.");
}
