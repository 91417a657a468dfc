using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Improvement;

/// <summary>`improvement.json`. What was not measured is written as null, so that a reader sees it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ImprovementResult))]
internal sealed partial class ImprovementJsonContext : JsonSerializerContext;
