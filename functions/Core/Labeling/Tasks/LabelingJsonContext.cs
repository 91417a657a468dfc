using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>Tasks and submissions as stored and sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LabelingTask))]
[JsonSerializable(typeof(Submission))]
public sealed partial class LabelingJsonContext : JsonSerializerContext;
