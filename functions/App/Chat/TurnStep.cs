namespace ChatLoop.App.Chat;

/// <summary>Names the turn that an activity works on; the texts are in the stored conversation.</summary>
/// <param name="Deadline">When the turn's time is over (UTC).</param>
public sealed record TurnStep(string ConversationId, string TurnId, DateTime Deadline);
