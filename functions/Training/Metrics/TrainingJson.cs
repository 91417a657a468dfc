using System.Text.Json;
using System.Text.Json.Serialization;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.Metrics;

/// <summary>Everything that the trainer's own loop reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(Dictionary<string, StageNote>))]
[JsonSerializable(typeof(MetricLine))]
[JsonSerializable(typeof(MixtureCursor))]
[JsonSerializable(typeof(ShardIndex))]
internal sealed partial class TrainingJson : JsonSerializerContext
{
    /// <summary>For files that people read.</summary>
    public static TrainingJson Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
}
