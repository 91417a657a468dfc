using System.Text.Json.Serialization;
using ChatLoop.App.OpenAi.Completions;
using ChatLoop.App.OpenAi.Moderations;

namespace ChatLoop.App.OpenAi;

/// <summary>What OpenAI's contract reads and writes: its names are in snake case, the app's own are not, so it has a context of its own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelItem))]
[JsonSerializable(typeof(ModerationAnswer))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(CompletionChunk))]
internal sealed partial class OpenAiJsonContext : JsonSerializerContext;
