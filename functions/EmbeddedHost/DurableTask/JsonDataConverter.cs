using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Microsoft.DurableTask;

/// <summary>The app's JSON settings, as the official worker uses them: names as written, read in any case.</summary>
internal sealed class JsonDataConverter(IOptions<JsonSerializerOptions> options) : DataConverter
{
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), options.Value);

    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType, options.Value);
}
