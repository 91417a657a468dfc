namespace ChatLoop.App.ApiKeys;

/// <summary>What a key has used in the minute and in the day (UTC) that run.</summary>
internal sealed record KeyUse(DateTimeOffset Minute, int Requests, long Tokens, DateTimeOffset Day, long DayTokens)
{
    public static KeyUse None(DateTimeOffset now) => new(MinuteOf(now), 0, 0, DayOf(now), 0);

    /// <summary>The same where the windows run on; empty where new ones have begun.</summary>
    public KeyUse At(DateTimeOffset now)
    {
        var use = this;
        if (MinuteOf(now) > Minute)
            use = use with { Minute = MinuteOf(now), Requests = 0, Tokens = 0 };
        if (DayOf(now) > Day)
            use = use with { Day = DayOf(now), DayTokens = 0 };
        return use;
    }

    /// <summary>Puts right what was set aside for a request, as far as its windows still run.</summary>
    public KeyUse Correct(UseCorrection correction) => this with
    {
        Tokens = correction.Minute == Minute ? Math.Max(0, Tokens + correction.Tokens) : Tokens,
        DayTokens = correction.Day == Day ? Math.Max(0, DayTokens + correction.Tokens) : DayTokens,
    };

    private static DateTimeOffset MinuteOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset DayOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerDay), TimeSpan.Zero);
}
