using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatLoop.Training.Drafts;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.Data;

/// <summary>Everything that the data stages write as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(DataReport))]
[JsonSerializable(typeof(DraftedAnswers))]
[JsonSerializable(typeof(ShardIndex))]
[JsonSerializable(typeof(TextDocument))]
internal sealed partial class DataJson : JsonSerializerContext
{
    /// <summary>One record a line, signs as they are.</summary>
    public static DataJson Lines { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For files that people read.</summary>
    public static DataJson Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true });
}
