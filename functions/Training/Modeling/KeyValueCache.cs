using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>Keys and values of what a batch has read so far, so that generation computes each token once. Lives in the dispose scope that made it, and <see cref="Keep"/> is called there.</summary>
internal sealed class KeyValueCache
{
    /// <param name="config">The model's shape.</param>
    /// <param name="rows">B</param>
    /// <param name="capacity">Most tokens to a row, padding counted.</param>
    /// <param name="device">Where the model is.</param>
    public KeyValueCache(LlamaConfig config, long rows, long capacity, Device device)
    {
        Layers = [.. Enumerable.Range(0, config.Layers).Select(_ => new LayerCache(Room(), Room()))];

        Tensor Room() => empty([rows, config.KeyValueHeads, capacity, config.HeadSize], device: device);
    }

    public IReadOnlyList<LayerCache> Layers { get; }

    /// <summary>Keeps some of the rows and forgets the others.</summary>
    /// <param name="rows">int64: indices of the rows to keep, in their new order.</param>
    public void Keep(Tensor rows)
    {
        foreach (var layer in Layers) layer.Keep(rows);
    }
}
