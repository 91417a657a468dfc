using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>
/// BLiMP (Warstadt et al. 2020, arXiv:1912.00582): of two sentences that differ in one point of grammar, the right one should be likelier
/// as a whole. Sentences stand alone after `&lt;|begin|&gt;`, for every model, as lm-evaluation-harness does it.
/// </summary>
internal sealed class MinimalPairs(EvalSetting setting) : IModelTest
{
    private const string Set = "eval-blimp";
    private const string PairFile = "blimp.jsonl.gz";

    public string Name => "blimp";

    public string? Missing => setting.MissingFile(Set, PairFile);

    public IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken)
    {
        var all = JsonLines.Read(setting.FileOf(Set, PairFile)!).Select(r => new Pair(r.Text("UID"), Phenomenon(r.Text("linguistics_term")), r.Text("sentence_good"), r.Text("sentence_bad"))).ToLookup(p => p.Paradigm);
        Pair[] pairs = [.. all.SelectMany(p => Spread.Over([.. p], Math.Max(1, setting.Options.Limit / all.Count)))];
        var scores = setting.Score(Name, model, [.. pairs.SelectMany(p => Continuations(setting.Encode(p.Good), setting.Encode(p.Bad)))], cancellationToken);
        var paradigms = pairs.Index().GroupBy(p => p.Item.Paradigm)
            .Select(g => new Paradigm(g.Key, g.First().Item.Phenomenon, g.Count(p => scores[2 * p.Index].LogProbability > scores[2 * p.Index + 1].LogProbability), g.Count())).ToArray();
        var published = Published();
        return
        [
            Mean("all", paradigms, published),
            .. paradigms.GroupBy(p => p.Phenomenon).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Mean(g.Key, [.. g], published)),
        ];
    }

    /// <summary>The two sentences after what they have in common, whose likelihood is the same in both: only the difference decides, and the logits of the rest need not be made.</summary>
    public static Continuation[] Continuations(IReadOnlyList<int> good, IReadOnlyList<int> bad)
    {
        var common = good.Zip(bad).TakeWhile(p => p.First == p.Second).Count();
        common = Math.Min(common, Math.Min(good.Count, bad.Count) - 1);
        int[] context = [SpecialTokens.BeginId, .. good.Take(common)];
        return [new Continuation(context, [.. good.Skip(common)]), new Continuation(context, [.. bad.Skip(common)])];
    }

    // The mean over paradigms, each of which counts alike, as the paper has it.
    private Figure Mean(string part, Paradigm[] paradigms, Dictionary<string, Dictionary<string, double>> published)
    {
        var shares = paradigms.Select(p => (double)p.Right / p.Count).ToArray();
        var error = Math.Sqrt(paradigms.Zip(shares, (p, s) => s * (1 - s) / p.Count).Sum()) / paradigms.Length;
        var known = paradigms.All(p => published.ContainsKey(p.Name));
        return (new Figure(Name, part, "accuracy", shares.Average(), paradigms.Sum(p => p.Count)) { Chance = 0.5 }).WithError(error) with
        {
            Published = known ? paradigms.SelectMany(p => published[p.Name]).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Average(p => p.Value)) : null,
        };
    }

    // The paper's twelve phenomena: it counts selection among argument structure.
    private static string Phenomenon(string term) => term == "s-selection" ? "argument structure" : term.Replace('_', ' ');

    // Accuracies of the paper by paradigm and model.
    private Dictionary<string, Dictionary<string, double>> Published()
    {
        (string Field, string Name)[] models = [("ngram", "n-gram"), ("lstm", "LSTM"), ("gpt2", "GPT-2")];
        return setting.FileOf(Set, "models_summary.jsonl") is { } file
            ? JsonLines.Read(file).Where(r => r.Text("UID") != "overall").ToDictionary(r => r.Text("UID"), r => models.ToDictionary(m => m.Name, m => r.GetProperty(m.Field).GetDouble()))
            : [];
    }

    private sealed record Pair(string Paradigm, string Phenomenon, string Good, string Bad);

    private sealed record Paradigm(string Name, string Phenomenon, int Right, int Count);
}
