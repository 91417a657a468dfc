namespace ChatLoop.Core.Moderation;

/// <summary>What a policy makes of a verdict: the categories (and signals) that count, by what is to be done about them, the surest first.</summary>
/// <param name="Blocks">Whether the text does not pass.</param>
/// <param name="Blocked">Why not; empty where a moderator flags a text and says no reason.</param>
/// <param name="Masked">Their sentences are to be taken out.</param>
/// <param name="Review">For these people look at the text afterwards.</param>
/// <param name="Template">The template that the surest of the blocked ones names; null for the category's own.</param>
public sealed record PolicyDecision(bool Blocks, IReadOnlyList<string> Blocked, IReadOnlyList<string> Masked, IReadOnlyList<string> Review, string? Template)
{
    /// <summary>The same where nothing can be taken out: what was to be masked is blocked.</summary>
    public PolicyDecision WithoutMasking() => this with { Blocks = Blocks || Masked.Count > 0, Blocked = [.. Blocked, .. Masked], Masked = [] };
}
