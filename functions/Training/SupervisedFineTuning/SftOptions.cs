using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Optimization;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>The recipe's section `sft`.</summary>
internal sealed record SftOptions : LoopOptions
{
    /// <summary>Tokens in all, questions, answers and padding counted alike.</summary>
    [Range(1, long.MaxValue)]
    public long TotalTokens { get; init; } = 2_000_000;

    /// <summary>Share of the tokens by source; empty: every source by its size. Sources left out are not trained on.</summary>
    public IReadOnlyDictionary<string, double> Mixture { get; init; } = new Dictionary<string, double>();

    /// <summary>Where the run starts from a base model: with fewer training conversations than this it is taken over as it is, and not fine-tuned.</summary>
    [Range(1, 1_000_000)]
    public int MinConversations { get; init; } = 100;

    /// <summary>Held-out conversations to validate on.</summary>
    [Range(1, 100_000)]
    public int ValidationConversations { get; init; } = 300;

    /// <summary>Temperature of the samples; 0 takes the likeliest token.</summary>
    [Range(0.0, 2.0)]
    public double SampleTemperature { get; init; }

    /// <summary>Whether to pass over a damaged checkpoint and go on from the one before.</summary>
    public bool PassOverDamaged { get; init; }

    /// <summary>Updates that <see cref="TotalTokens"/> make.</summary>
    public long TotalSteps => Math.Max(1, TotalTokens / ((long)BatchRows * SequenceLength * Accumulation));
}
