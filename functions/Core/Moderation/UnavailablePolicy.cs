namespace ChatLoop.Core.Moderation;

/// <summary>What becomes of questions and answers while moderation does not work.</summary>
public sealed record UnavailablePolicy(WhenUnavailable Question = WhenUnavailable.Closed, WhenUnavailable Answer = WhenUnavailable.Closed)
{
    public bool IsOpen(ModerationDirection direction) => (direction == ModerationDirection.Question ? Question : Answer) == WhenUnavailable.Open;
}
