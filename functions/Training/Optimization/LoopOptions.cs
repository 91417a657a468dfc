using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Optimization;

/// <summary>Settings that pre-training and fine-tuning share.</summary>
internal record LoopOptions
{
    /// <summary>Rows to a forward pass, B.</summary>
    [Range(1, 4096)]
    public int BatchRows { get; init; } = 16;

    /// <summary>Tokens to a row, T.</summary>
    [Range(8, 100_000)]
    public int SequenceLength { get; init; } = 256;

    /// <summary>Forward passes to an update: rows to an update are this times <see cref="BatchRows"/>.</summary>
    [Range(1, 4096)]
    public int Accumulation { get; init; } = 1;

    public Schedule Schedule { get; init; } = new();

    /// <summary>Share of a matrix that decays at each step, times the learning rate.</summary>
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>AdamW's memory of the gradient.</summary>
    [Range(0.0, 0.9999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's memory of the squared gradient.</summary>
    [Range(0.0, 0.99999)]
    public double Beta2 { get; init; } = 0.95;

    [Range(1e-15, 1e-2)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The largest gradient norm that goes unclipped.</summary>
    [Range(1e-6, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Threads of libtorch and of our own loops. A run keeps its number, or it will not repeat bit for bit.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 2;

    /// <summary>Steps between validations, each with a sample; 0 for the end only.</summary>
    [Range(0, 1_000_000)]
    public long ValidateEvery { get; init; } = 200;

    /// <summary>Rows of the fixed validation slice.</summary>
    [Range(1, 100_000)]
    public int ValidationRows { get; init; } = 64;

    /// <summary>Steps between checkpoints; one is written at the end and on Ctrl+C in any case.</summary>
    [Range(1, 1_000_000)]
    public long CheckpointEvery { get; init; } = 200;

    [Range(1, 1000)]
    public int KeepCheckpoints { get; init; } = 3;

    /// <summary>What samples start from.</summary>
    public IReadOnlyList<string> SamplePrompts { get; init; } = [];

    /// <summary>Longest sample, tokens.</summary>
    [Range(1, 2048)]
    public int SampleLength { get; init; } = 60;
}
