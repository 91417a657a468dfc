using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Feedback;

/// <summary>The messages of the three queues. A field that the schema does not have is a mistake: most often it is misspelt.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FeedbackMessage))]
[JsonSerializable(typeof(LabelingRequest))]
[JsonSerializable(typeof(RewardLabelingRequest))]
public sealed partial class FeedbackJsonContext : JsonSerializerContext;
