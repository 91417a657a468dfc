using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Training.Evaluation;

/// <summary>What the evaluation writes and reads again.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(ModelComparison))]
internal sealed partial class EvalJson : JsonSerializerContext;
