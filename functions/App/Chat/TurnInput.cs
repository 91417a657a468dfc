namespace ChatLoop.App.Chat;

/// <summary>The turn that an orchestration answers.</summary>
/// <param name="TurnsAhead">Turns on the way to this one without a reply at the time of acceptance: the nearest of them must end first.</param>
/// <param name="TimeLimit">For the whole turn, from when it is its turn.</param>
public sealed record TurnInput(string ConversationId, string TurnId, int TurnsAhead, TimeSpan TimeLimit)
{
    /// <summary>Whether a second draft is to be written. Instances from before it read false, and go on as they began.</summary>
    public bool TwoDrafts { get; init; }

    /// <summary>The version of the conversation as the turn was accepted; null where another turn must end first.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the question passes while moderation does not work, and the answer below. Told with the turn: an orchestrator reads no settings.</summary>
    public bool OpenToQuestion { get; init; }

    public bool OpenToAnswer { get; init; }
}
