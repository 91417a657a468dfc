namespace ChatLoop.App.Chat.Views;

/// <summary>A turn that has no reply yet.</summary>
internal sealed record RunningTurn : TurnView
{
    public override string Status => "running";

    /// <summary>Where to ask for the reply.</summary>
    public required string StatusUrl { get; init; }
}
