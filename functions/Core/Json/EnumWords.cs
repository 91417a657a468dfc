using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Json;

/// <summary>Enums as camel-case words; a word that is none of them is answered with the list of those that are. Numbers are refused.</summary>
public sealed class EnumWords<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<T, string> Words = Values.ToDictionary(pair => pair.Value, pair => pair.Key);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var word = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString()! : null;
        if (word is not null && Values.TryGetValue(word, out var value)) return value;
        throw new JsonException($"{(word is null ? $"a {reader.TokenType}" : $"'{word}'")} is none of {string.Join(", ", Values.Keys)}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Words[value]);
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(Words[value]);
    }
}
