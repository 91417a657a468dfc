using System.ComponentModel;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Turns route, query and binding values into a parameter's simple type, by the invariant culture.</summary>
internal static class TextValue
{
    public static bool CanMake(Type type) => type == typeof(object) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <exception cref="FormatException">The text does not read as the type.</exception>
    public static object? Convert(object? value, Type type)
    {
        if (value is null || type.IsInstanceOfType(value))
            return value;
        var text = System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        if (type == typeof(string))
            return text;
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        // The converters wrap what went wrong in types of their own.
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            throw new FormatException($"\"{(text.Length > 40 ? text[..40] + "…" : text)}\" is not a {(Nullable.GetUnderlyingType(type) ?? type).Name}.", e);
        }
    }
}
