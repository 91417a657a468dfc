namespace ChatLoop.App.ApiKeys;

/// <summary>A key that the administrator asks for; limits that are left out are those of the settings.</summary>
internal sealed record ApiKeyRequest(string? Name, string? User, int? RequestsPerMinute, long? TokensPerMinute, long? TokensPerDay);
