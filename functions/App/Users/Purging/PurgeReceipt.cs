namespace ChatLoop.App.Users.Purging;

/// <summary>A purge has begun, and where to ask how it goes.</summary>
internal sealed record PurgeReceipt(string PurgeId, string StatusUrl);
