using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Improvement;

/// <summary>What an improved model must reach before a person is asked. An empty value takes its gate away.</summary>
public sealed class GateOptions
{
    public const string Section = "Improvement:Gates";

    /// <summary>Share of held-out comparisons that the reward model orders as people did.</summary>
    [Range(0.0, 1.0)]
    public double? LeastRewardAccuracy { get; set; } = 0.55;

    /// <summary>Lower end of the 95 % interval of the win rate over the model it was trained from: above 0.5 it is better, not lucky.</summary>
    [Range(0.0, 1.0)]
    public double? LeastWinRate { get; set; } = 0.5;

    /// <summary>How much larger the share of answers that moderation flags may become.</summary>
    [Range(0.0, 1.0)]
    public double? MostFlaggedIncrease { get; set; } = 0.01;

    /// <summary>The KL divergence from the model it was trained from, in nats an answer: beyond it a reward may have been gamed.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? MostKl { get; set; } = 20;
}
