using System.Text.Json.Serialization;

namespace ChatLoop.App.Streaming;

/// <summary>One line of a turn's append blob.</summary>
/// <param name="Attempt">Which run of the generation wrote it; 0 where none did.</param>
internal sealed record StreamLine(StreamLineKind Kind, int Attempt = 0, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null)
{
    /// <summary>Where the line ends in its blob, in bytes; known once it was read.</summary>
    [JsonIgnore]
    public long Position { get; init; }
}
