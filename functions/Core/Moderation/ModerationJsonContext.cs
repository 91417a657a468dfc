using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Moderation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ModerationPolicy))]
[JsonSerializable(typeof(ModerationSettings))]
internal sealed partial class ModerationJsonContext : JsonSerializerContext;
