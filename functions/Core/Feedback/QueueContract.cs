using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatLoop.Core.Feedback;

/// <summary>What a queue's messages look like: their schema, their mistakes and their key.</summary>
public sealed class QueueContract<T>
    where T : class
{
    /// <summary>The most bytes of a message: Azure's queues take 64 KiB, and base64 makes four bytes of three.</summary>
    public const int MostBytes = 48 * 1024;

    private readonly JsonTypeInfo<T> _type;
    private readonly Func<T, int> _schema;
    private readonly Func<T, IEnumerable<string>> _mistakes;
    private readonly Func<T, string> _key;

    internal QueueContract(string queue, int oldest, int current, JsonTypeInfo<T> type, Func<T, int> schema, Func<T, IEnumerable<string>> mistakes, Func<T, string> key)
    {
        (Queue, OldestSchema, CurrentSchema) = (queue, oldest, current);
        (_type, _schema, _mistakes, _key) = (type, schema, mistakes, key);
    }

    public string Queue { get; }

    /// <summary>The oldest schema that is still read.</summary>
    public int OldestSchema { get; }

    /// <summary>The schema that this code writes.</summary>
    public int CurrentSchema { get; }

    /// <summary>Reads and checks a message as it came; it never throws on what was sent.</summary>
    public MessageReading<T> Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MostBytes) return Wrong($"The message has {utf8.Length} bytes; at most {MostBytes} are taken.");
        try
        {
            // The schema first: a message of another one would fail on its fields, with a reason that misleads.
            using (var document = JsonDocument.Parse(utf8))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object) return Wrong("The message is no JSON object.");
                if (SchemaMistake(document.RootElement) is { } schema) return Wrong(schema);
            }

            var message = JsonSerializer.Deserialize(utf8.Span, _type)!;
            string[] mistakes = [.. Mistakes(message)];
            return mistakes.Length > 0 ? new MessageReading<T>(null, null, mistakes) : new MessageReading<T>(message, Key(message), []);
        }
        catch (JsonException e)
        {
            return Wrong($"The message cannot be read{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}: {e.Message}");
        }
    }

    /// <summary>Every mistake of a message as a sentence; none when it is valid.</summary>
    public IEnumerable<string> Mistakes(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (SchemaMistake(_schema(message)) is { } mistake ? [mistake] : Array.Empty<string>()).Concat(_mistakes(message));
    }

    /// <summary>The idempotency key: 32 hexadecimal digits, fit for a table's row key. Messages with one key are about one thing.</summary>
    public string Key(T message) => _key(message);

    /// <summary>The message as it is sent.</summary>
    public byte[] Write(T message) => JsonSerializer.SerializeToUtf8Bytes(message, _type);

    private string? SchemaMistake(JsonElement message)
    {
        if (!message.TryGetProperty("schemaVersion", out var value)) return $"The message has no schemaVersion; the current one is {CurrentSchema}.";
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var version)) return $"The schemaVersion is no whole number; the current one is {CurrentSchema}.";
        return SchemaMistake(version);
    }

    private string? SchemaMistake(int version) =>
        version < OldestSchema ? $"Schema version {version} is too old: {OldestSchema} is the oldest that is read. Send the message again in version {CurrentSchema}."
        : version > CurrentSchema ? $"Schema version {version} is unknown: {CurrentSchema} is the newest that this build reads. Update it, then requeue the message."
        : null;

    private static MessageReading<T> Wrong(string mistake) => new(null, null, [mistake]);
}
