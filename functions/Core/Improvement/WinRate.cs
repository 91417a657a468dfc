namespace ChatLoop.Core.Improvement;

/// <summary>How often the improved model's answer is liked better than the base model's, answers blind and in random order.</summary>
/// <param name="Value">From 0 to 1; ties count half.</param>
/// <param name="Low">Lower end of Wilson's 95 % interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="N">Held-out prompts.</param>
/// <param name="Judge">SHA-256 of the judge's weights.</param>
public sealed record WinRate(double Value, double Low, double High, int N, string Judge);
