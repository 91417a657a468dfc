using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Datasets;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NewLine = "\n")]
[JsonSerializable(typeof(PairLine))]
[JsonSerializable(typeof(RankedLine))]
[JsonSerializable(typeof(DemonstrationLine))]
[JsonSerializable(typeof(RatingLine))]
[JsonSerializable(typeof(ModerationLine))]
[JsonSerializable(typeof(DatasetManifest))]
internal sealed partial class DatasetJsonContext : JsonSerializerContext
{
    /// <summary>One record a line, signs as they are.</summary>
    public static DatasetJsonContext Lines { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For the manifest, which people read.</summary>
    public static DatasetJsonContext Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" });
}
