namespace ChatLoop.Benchmarks.Inference;

/// <summary>One round's figures, tokens a second unless said.</summary>
/// <param name="Prefill">Of a prompt of <see cref="PrefillTokens"/>.</param>
/// <param name="Decode">Of one request, <see cref="DecodeTokens"/> after <see cref="ShortPrompt"/>.</param>
/// <param name="Together">Of <see cref="Rows"/> requests in one batch, all together, as many tokens after as long prompts.</param>
internal sealed record Speeds(double Prefill, double Decode, double Together)
{
    public const int PrefillTokens = 512;
    public const int ShortPrompt = 128;
    public const int DecodeTokens = 64;
    public const int Rows = 8;

    public static Speeds Median(IEnumerable<Speeds> rounds)
    {
        var all = rounds.ToArray();
        return new Speeds(Of(s => s.Prefill), Of(s => s.Decode), Of(s => s.Together));

        double Of(Func<Speeds, double> figure)
        {
            double[] sorted = [.. all.Select(figure).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public static Speeds operator /(Speeds ours, Speeds theirs) => new(ours.Prefill / theirs.Prefill, ours.Decode / theirs.Decode, ours.Together / theirs.Together);
}
