namespace ChatLoop.App.Users.Purging;

/// <summary>What a purge came to.</summary>
/// <param name="Found">How many of each kind there were at its beginning.</param>
/// <param name="Remaining">How many there are at its end.</param>
public sealed record PurgeEnd(PurgeOrder Order, IReadOnlyDictionary<string, int> Found, IReadOnlyDictionary<string, int> Remaining);
