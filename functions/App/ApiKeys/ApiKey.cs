namespace ChatLoop.App.ApiKeys;

/// <summary>A key as it is stored: all but the key itself.</summary>
/// <param name="Id">The first half of the hash: enough to find it by.</param>
/// <param name="Hash">SHA-256 of the key, as hexadecimal digits.</param>
/// <param name="Name">What it is for, in the administrator's words.</param>
/// <param name="User">Whose conversations its requests begin.</param>
internal sealed record ApiKey(string Id, string Hash, string Name, string User, DateTimeOffset CreatedAt, ApiKeyLimits Limits)
{
    public DateTimeOffset? RevokedAt { get; init; }
}
