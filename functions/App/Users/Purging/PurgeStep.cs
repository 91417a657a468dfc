namespace ChatLoop.App.Users.Purging;

/// <summary>One kind of a user's data.</summary>
public sealed record PurgeStep(string UserId, string Kind);
