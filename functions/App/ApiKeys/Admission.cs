namespace ChatLoop.App.ApiKeys;

/// <summary>Whether a key may make a request now, and what is left to it.</summary>
internal sealed record Admission(ApiKeyLimits Limits, KeyUse Use, long Tokens, DateTimeOffset At)
{
    /// <summary>Which limit is in the way; null where the request may go on.</summary>
    public ExceededLimit? Exceeded { get; private init; }

    public int RemainingRequests => Math.Max(0, Limits.RequestsPerMinute - Use.Requests);

    /// <summary>Of the minute or of the day, whichever has fewer.</summary>
    public long RemainingTokens => Math.Max(0, Math.Min(Limits.TokensPerMinute - Use.Tokens, Limits.TokensPerDay - Use.DayTokens));

    public TimeSpan ResetRequests => Use.Minute.AddMinutes(1) - At;

    public TimeSpan ResetTokens => Limits.TokensPerDay - Use.DayTokens < Limits.TokensPerMinute - Use.Tokens ? ResetDay : ResetRequests;

    public TimeSpan RetryAfter => Exceeded == ExceededLimit.TokensPerDay ? ResetDay : ResetRequests;

    private TimeSpan ResetDay => Use.Day.AddDays(1) - At;

    /// <param name="use">Up to now.</param>
    /// <param name="tokens">What the request may take: set aside for it when it goes on.</param>
    public static Admission Decide(KeyUse use, ApiKeyLimits limits, long tokens, DateTimeOffset now)
    {
        ExceededLimit? exceeded =
            use.Requests + 1 > limits.RequestsPerMinute ? ExceededLimit.RequestsPerMinute
            : use.DayTokens + tokens > limits.TokensPerDay ? ExceededLimit.TokensPerDay
            : use.Tokens + tokens > limits.TokensPerMinute ? ExceededLimit.TokensPerMinute
            : null;
        return exceeded is null
            ? new Admission(limits, use with { Requests = use.Requests + 1, Tokens = use.Tokens + tokens, DayTokens = use.DayTokens + tokens }, tokens, now)
            : new Admission(limits, use, 0, now) { Exceeded = exceeded };
    }
}
