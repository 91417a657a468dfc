using System.Text.Json.Nodes;

namespace ChatLoop.Training.Optimization;

/// <summary>An endless, seeded stream of batches that can say where it is and go back there.</summary>
internal interface IBatchSource
{
    Batch Next();

    /// <summary>Where the stream is; giving it back puts the stream there, for the same data and seed.</summary>
    JsonNode Cursor { get; set; }
}
