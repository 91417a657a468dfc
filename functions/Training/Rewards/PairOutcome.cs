namespace ChatLoop.Training.Rewards;

/// <summary>One pair of the report.</summary>
/// <param name="Difference">Raw reward of the better answer − that of the worse.</param>
/// <param name="LongerWins">1 where the better answer has more characters, 0 where fewer, ½ where as many.</param>
/// <param name="FirstWins">1 where the better answer was shown first; null where the order is not known.</param>
internal sealed record PairOutcome(string Set, RewardSplit Split, string? Labeler, double Difference, double LongerWins, double? FirstWins)
{
    /// <summary>A tie of the model counts half.</summary>
    public double Right => Difference > 0 ? 1 : Difference < 0 ? 0 : 0.5;
}
