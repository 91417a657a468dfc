namespace ChatLoop.Core.Improvement;

/// <summary>How often a reward model ranks a pair of answers as people did, on questions that it was not trained on.</summary>
/// <param name="Value">From 0 to 1; ties count half.</param>
/// <param name="N">Pairs.</param>
/// <param name="LengthBaseline">How often the longer answer is the better one, on the same pairs.</param>
public sealed record RankingAccuracy(double Value, int N, double LengthBaseline);
