using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>Reads a JSON settings file (comments allowed) into keys joined by colons.</summary>
internal static class JsonSettings
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static Dictionary<string, string?> Read(string path)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new HostStartException($"{Path.GetFileName(path)} must hold a JSON object ({path}).");
            Flatten(document.RootElement, "", settings);
            return settings;
        }
        catch (JsonException e)
        {
            throw new HostStartException($"{Path.GetFileName(path)} is not valid JSON, line {e.LineNumber + 1}: correct {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    private static void Flatten(JsonElement element, string prefix, Dictionary<string, string?> settings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten(property.Value, prefix.Length == 0 ? property.Name : $"{prefix}:{property.Name}", settings);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(item, $"{prefix}:{index++}", settings);
                break;
            case JsonValueKind.Null:
                break;
            default:
                settings[prefix] = element.ToString();
                break;
        }
    }
}
