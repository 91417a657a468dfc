using System.Diagnostics.Metrics;

namespace ChatLoop.Inference.Generation;

/// <summary>What one engine has done, and the meter of all of them. Written by the engine's thread.</summary>
internal sealed class EngineCounters
{
    private static readonly Meter Meter = new("ChatLoop.Inference");
    private static readonly UpDownCounter<int> QueueLength = Meter.CreateUpDownCounter<int>("chatloop.inference.queue.length", "{request}", "Requests that wait for a slot.");
    private static readonly UpDownCounter<int> ActiveRows = Meter.CreateUpDownCounter<int>("chatloop.inference.rows.active", "{row}", "Requests that have a slot.");
    private static readonly Counter<long> Prefilled = Meter.CreateCounter<long>("chatloop.inference.tokens.prefill", "{token}", "Tokens of prompts that the model read.");
    private static readonly Counter<long> FromCache = Meter.CreateCounter<long>("chatloop.inference.tokens.cached_prefix", "{token}", "Tokens of prompts whose keys and values were there already.");
    private static readonly Counter<long> Decoded = Meter.CreateCounter<long>("chatloop.inference.tokens.decode", "{token}", "Tokens of answers that the model read.");
    private static readonly Histogram<double> ToFirst = Meter.CreateHistogram<double>("chatloop.inference.time_to_first_token", "s", "From a request to its first token.");
    private static readonly Histogram<double> BetweenTokens = Meter.CreateHistogram<double>("chatloop.inference.time_between_tokens", "s", "Between two tokens of an answer.");

    public long PrefillTokens { get; private set; }

    public long CachedTokens { get; private set; }

    public long DecodeTokens { get; private set; }

    public long DecodeSteps { get; private set; }

    public static void Queue(int change) => QueueLength.Add(change);

    public static void Rows(int change) => ActiveRows.Add(change);

    public static void FirstToken(TimeSpan after) => ToFirst.Record(after.TotalSeconds);

    public static void NextToken(TimeSpan after) => BetweenTokens.Record(after.TotalSeconds);

    public void Prefill(int tokens)
    {
        PrefillTokens += tokens;
        Prefilled.Add(tokens);
    }

    public void Cached(int tokens)
    {
        CachedTokens += tokens;
        FromCache.Add(tokens);
    }

    public void Decode(int tokens)
    {
        DecodeSteps++;
        DecodeTokens += tokens;
        Decoded.Add(tokens);
    }
}
