using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Inference.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LlamaSettings))]
[JsonSerializable(typeof(GenerationSettings))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
