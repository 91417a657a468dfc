namespace ChatLoop.Core.Improvement;

/// <summary>Shares of answers to the same prompts that the moderation model flags, at the thresholds that it was shipped with.</summary>
/// <param name="FlaggedShareBefore">Of the base model's answers.</param>
/// <param name="FlaggedShareAfter">Of the improved model's.</param>
/// <param name="N">Prompts.</param>
public sealed record FlaggedShares(double FlaggedShareBefore, double FlaggedShareAfter, int N);
