namespace ChatLoop.App.Users.Purging;

/// <summary>That a user was purged, and when: all that is left of them.</summary>
internal sealed record PurgeMark(DateTimeOffset At);
