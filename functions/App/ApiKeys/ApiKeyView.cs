using System.Text.Json.Serialization;

namespace ChatLoop.App.ApiKeys;

/// <summary>A key as the administrator sees it.</summary>
internal sealed record ApiKeyView(string Id, string Name, string User, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, ApiKeyLimits Limits)
{
    /// <summary>The key itself, in the answer that made it and never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.User, key.CreatedAt, key.RevokedAt, key.Limits);
}
