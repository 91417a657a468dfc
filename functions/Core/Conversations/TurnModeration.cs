namespace ChatLoop.Core.Conversations;

/// <summary>What moderation said on both sides; null where it was not asked or could not answer.</summary>
public sealed record TurnModeration(TextModeration? Question, TextModeration? Answer);
