namespace ChatLoop.App.Improvement;

/// <summary>What a step says to the orchestration: it went well, or why not.</summary>
public sealed record StepOutcome(bool Passed, string? Message)
{
    internal static StepOutcome Well { get; } = new(true, null);
}
