using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatLoop.App.Tests.OpenAi;

/// <summary>
/// Compares a request and its answer with what is committed in Transcripts/, ids and times made alike. Recorded anew only by
/// <c>RECORD_TRANSCRIPTS=1 dotnet test tests/App.Tests --filter TranscriptTests</c>.
/// </summary>
internal static partial class Transcript
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task CheckAsync(string name, OpenAiWorld.Exchanged exchanged, [CallerFilePath] string here = "")
    {
        var headers = new JsonObject();
        foreach (var (header, values) in exchanged.Response.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            headers[header.ToLowerInvariant()] = values.ToString();
        var transcript = new JsonObject
        {
            ["request"] = new JsonObject { ["method"] = exchanged.Method, ["path"] = exchanged.Path, ["body"] = exchanged.Request is null ? null : JsonNode.Parse(exchanged.Request) },
            ["response"] = new JsonObject
            {
                ["status"] = exchanged.Status,
                ["headers"] = headers,
                ["body"] = exchanged.Text.StartsWith("data:", StringComparison.Ordinal) ? new JsonArray([.. exchanged.Text.Split('\n').Select(line => JsonValue.Create(line))]) : exchanged.Body,
            },
        };
        var text = Times().Replace(Ids().Replace(transcript.ToJsonString(Readable), match => new string('0', match.Length)), "$1 0") + "\n";

        var file = Path.Combine(Path.GetDirectoryName(here)!, "Transcripts", $"{name}.json");
        if (Environment.GetEnvironmentVariable("RECORD_TRANSCRIPTS") == "1")
            await File.WriteAllTextAsync(file, text);
        Assert.Equal(await File.ReadAllTextAsync(file), text);
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Ids();

    [GeneratedRegex("(\\\\?\"created\\\\?\":) ?[0-9]+")]
    private static partial Regex Times();
}
