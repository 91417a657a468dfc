using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Inference.Rewards;

/// <summary>Which reward model scores stored answers.</summary>
public sealed class RewardOptions
{
    public const string Section = "Reward";

    /// <summary>The reward model's folder. Relative to the application's folder; empty: answers are not scored.</summary>
    [Required(AllowEmptyStrings = true)]
    public string ModelPath { get; set; } = "models/reward";
}
