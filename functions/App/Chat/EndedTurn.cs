namespace ChatLoop.App.Chat;

/// <summary>A turn has its reply.</summary>
/// <param name="NextTurnId">The turn that may be waiting for this end.</param>
public sealed record EndedTurn(string? NextTurnId);
