using System.Text.Json;
using System.Text.Json.Serialization;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Export;

/// <summary>The formats by name, and what each asks of the rest of a model's folder.</summary>
internal static class WeightFormats
{
    private static readonly JsonSerializerOptions Names = new() { Converters = { new JsonStringEnumConverter(allowIntegerValues: false) } };

    public static IReadOnlyList<WeightFormat> All { get; } = Enum.GetValues<WeightFormat>();

    /// <summary>As recipes, the manifest and command lines have it.</summary>
    public static string Name(this WeightFormat format) => JsonSerializer.SerializeToElement(format, Names).GetString()!;

    public static string Listed => string.Join(", ", All.Select(Name));

    /// <exception cref="StageException">There is no such format.</exception>
    public static WeightFormat Of(string name)
    {
        foreach (var format in All)
        {
            if (format.Name() == name) return format;
        }

        throw new StageException($"{name} is none of the formats {Listed}.");
    }

    /// <summary>Whether the graph's matrices are integers with scales.</summary>
    public static bool IsQuantized(this WeightFormat format) => format is not (WeightFormat.Float32 or WeightFormat.Float16);

    /// <summary>How `model.safetensors` and the norms are stored: training goes on from there, so never in integers.</summary>
    public static WeightFormat Stored(this WeightFormat format) => format == WeightFormat.Float32 ? WeightFormat.Float32 : WeightFormat.Float16;
}
