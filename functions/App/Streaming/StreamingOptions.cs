using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Streaming;

/// <summary>How answers are released while they are written.</summary>
public sealed class StreamingOptions
{
    public const string Section = "Streaming";

    /// <summary>A chunk is released without the end of a sentence once it has this many characters; the first is a quarter as long.</summary>
    [Range(8, 10_000)]
    public int ChunkCharacters { get; set; } = 96;

    /// <summary>How much of the answer before a chunk is moderated with it, so that a long answer does not cost the square of its length.</summary>
    [Range(1_000, 1_000_000)]
    public int ContextCharacters { get; set; } = 8_000;

    /// <summary>A comment line keeps a silent stream open (Azure's front end ends a silent one after 230 seconds).</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:03:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a running generation asks whether it was stopped; a release finds out by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan StopCheck { get; set; } = TimeSpan.FromMilliseconds(250);
}
