namespace ChatLoop.App.Chat;

/// <summary>Names the turn that an activity works on; the texts are in the stored conversation.</summary>
/// <param name="Deadline">When the turn's time is over (UTC).</param>
public sealed record TurnStep(string ConversationId, string TurnId, DateTime Deadline)
{
    /// <summary>The version of the conversation that the step before left; null where it is not known, and what is stored is read.</summary>
    public string? Version { get; init; }
}
