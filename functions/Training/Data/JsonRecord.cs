using System.Text.Json;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>One line of a JSONL file, which knows where it stands, so that whoever reads it can name the place of a mistake.</summary>
internal readonly record struct JsonRecord(JsonElement Value, string File, int Line)
{
    /// <summary>A text field.</summary>
    /// <exception cref="StageException">The field is missing or is no text.</exception>
    public string Text(string field) =>
        TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error($"the text field '{field}' is missing");

    /// <exception cref="StageException">The field is missing.</exception>
    public JsonElement GetProperty(string field) => TryGetProperty(field, out var value) ? value : throw Error($"the field '{field}' is missing");

    public bool TryGetProperty(string field, out JsonElement value)
    {
        value = default;
        return Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(field, out value);
    }

    /// <summary>Part of the record, at the same place.</summary>
    public JsonRecord Part(JsonElement part) => this with { Value = part };

    public string GetRawText() => Value.GetRawText();

    public StageException Error(string reason) => new($"{File}, line {Line}: {reason}: {(GetRawText() is { Length: > 120 } text ? text[..120] + "…" : GetRawText())}");
}
