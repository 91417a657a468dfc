namespace ChatLoop.App.ApiKeys;

/// <summary>What a key may ask for. Tokens are those read and those written, together.</summary>
internal sealed record ApiKeyLimits(int RequestsPerMinute, long TokensPerMinute, long TokensPerDay);
