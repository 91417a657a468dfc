using System.Globalization;
using System.Text.Json;

namespace ChatLoop.App.OpenAi;

/// <summary>Reads single parameters; the errors name them.</summary>
internal static class Parameters
{
    public static double Number(string name, JsonElement value, double least, double most) =>
        value.ValueKind != JsonValueKind.Number ? throw WrongType(name, "a number")
        : value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw OutOfRange(name, string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}"));

    public static long Integer(string name, JsonElement value, long least, long most) =>
        value.ValueKind != JsonValueKind.Number ? throw WrongType(name, "a whole number")
        : value.TryGetInt64(out var number) && number >= least && number <= most ? number
        : throw OutOfRange(name, $"a whole number from {least} to {most}");

    public static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw WrongType(name, "true or false"),
    };

    public static string Text(string name, JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw WrongType(name, "a string");

    public static OpenAiException WrongType(string name, string wanted) => OpenAiException.Bad(name, "invalid_type", $"Invalid type for '{name}': it must be {wanted}.");

    public static OpenAiException OutOfRange(string name, string wanted) => OpenAiException.Bad(name, "invalid_value", $"Invalid value for '{name}': it must be {wanted}.");
}
