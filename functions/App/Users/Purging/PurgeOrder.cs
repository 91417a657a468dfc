namespace ChatLoop.App.Users.Purging;

/// <summary>The purge of a user, as its orchestration gets it.</summary>
/// <param name="At">When it was asked for: nothing that was said until then is kept.</param>
public sealed record PurgeOrder(string PurgeId, string UserId, DateTimeOffset At);
