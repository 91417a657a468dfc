using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.DurableTask.History;

/// <summary>How history is written. A changed name here makes recorded histories unreadable: raise the store's schema version with it.</summary>
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    private static readonly HistoryJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Payloads are JSON inside a JSON string: escaping only what must be keeps them short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(HistoryEvent happened) => JsonSerializer.Serialize(happened, Compact.HistoryEvent);

    public static HistoryEvent Read(string text) => JsonSerializer.Deserialize(text, Compact.HistoryEvent) ?? throw new JsonException("The event is null.");

    public static string? Write(Failure? failure) => failure is null ? null : JsonSerializer.Serialize(failure, Compact.Failure);

    public static Failure? ReadFailure(string? text) => text is null ? null : JsonSerializer.Deserialize(text, Compact.Failure);

    public static string? Write(IReadOnlyDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? null : JsonSerializer.Serialize(tags, Compact.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, string> ReadTags(string? text) =>
        text is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(text, Compact.IReadOnlyDictionaryStringString)!;
}
