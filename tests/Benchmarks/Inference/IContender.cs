namespace ChatLoop.Benchmarks.Inference;

/// <summary>An engine with one model in one format.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Bytes of the weights that a decode step reads.</summary>
    long WeightBytes { get; }

    Speeds Measure();
}
