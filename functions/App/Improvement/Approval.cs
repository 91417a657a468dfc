namespace ChatLoop.App.Improvement;

/// <summary>What a person decided; the payload of the event of the same name.</summary>
/// <param name="Decision">approve or reject.</param>
public sealed record Approval(string Decision, string By, DateTimeOffset At, string? Comment)
{
    internal const string Approve = "approve";
    internal const string Reject = "reject";
}
