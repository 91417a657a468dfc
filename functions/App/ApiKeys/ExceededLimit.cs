namespace ChatLoop.App.ApiKeys;

internal enum ExceededLimit
{
    RequestsPerMinute,
    TokensPerMinute,
    TokensPerDay,
}
