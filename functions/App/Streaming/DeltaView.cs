using System.Text.Json.Serialization;

namespace ChatLoop.App.Streaming;

/// <summary>What an event adds to the text; the question's has none.</summary>
internal sealed record DeltaView([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text);
