using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;

namespace ChatLoop.Training.Pretraining;

/// <summary>The recipe's section `pretrain`.</summary>
internal sealed record PretrainOptions : LoopOptions
{
    public LlamaConfig Model { get; init; } = new();

    /// <summary>Tokens to train on in all; with warm-up–stable–decay it may be changed between sittings until the decay starts.</summary>
    [Range(1, long.MaxValue)]
    public long TotalTokens { get; init; } = 10_000_000;

    /// <summary>Weight of each set by name; empty: every set by its size.</summary>
    public IReadOnlyDictionary<string, double> Mixture { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether to pass over a damaged checkpoint and go on from the one before.</summary>
    public bool PassOverDamaged { get; init; }

    /// <summary>Updates that <see cref="TotalTokens"/> make.</summary>
    public long TotalSteps => Math.Max(1, TotalTokens / ((long)BatchRows * SequenceLength * Accumulation));
}
