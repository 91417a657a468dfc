namespace ChatLoop.Core.Conversations;

/// <summary>Milliseconds: in the moderation model on both sides, in the language model, and from acceptance to the stored reply.</summary>
public sealed record TurnTimings(double ModerationMs, double GenerationMs, double TotalMs);
