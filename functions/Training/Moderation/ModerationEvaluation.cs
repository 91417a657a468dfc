using ChatLoop.Core.Moderation;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Moderation;

/// <summary>What the trained classifier does on texts that it has not seen.</summary>
internal sealed class ModerationEvaluation(ClassifierTraining training, NgramFeaturizer featurizer, string[] categories)
{
    private static readonly string[] HateCategories = [ModerationCategory.Hate, ModerationCategory.HateThreatening];

    public IReadOnlyList<CategoryResult> ChooseThresholds(EncodedText[] val, ModerationOptions options)
    {
        var scores = training.Score(val.Select(text => text.Buckets));
        var ordinary = Enumerable.Range(0, val.Length).Where(i => ModerationCorpus.IsOrdinary(val[i].Text)).ToArray();
        return
        [
            .. categories.Select((category, c) => ThresholdChoice.Choose(
                category,
                [.. Enumerable.Range(0, val.Length).Where(i => val[i].Labels[c] >= 0).Select(i => ((double)scores[i][c], val[i].Labels[c] > 0))],
                [.. ordinary.Select(i => (double)scores[i][c])],
                options.Precision,
                options.OrdinaryFlagged)),
        ];
    }

    public ModerationReport Report(StageContext context, ModerationOptions options, ModerationCorpus corpus, IReadOnlyList<DataSet> sets, EncodedText[] val, IReadOnlyList<CategoryResult> results)
    {
        var thresholds = results.ToDictionary(result => result.Category, result => result.Threshold);
        var ordinary = val.Where(text => ModerationCorpus.IsOrdinary(text.Text)).Select(text => text.Text.Text).ToArray();
        var harmful = HeldOutTests.HarmfulRequests(sets).ToArray();
        var hatemoji = HeldOutTests.HatemojiCheck(sets).ToArray();
        return new ModerationReport(
            context.Recipe.Name,
            context.Seed,
            TimeProvider.System.GetUtcNow(),
            options,
            corpus.Sets,
            sets.Where(set => corpus.Sets.ContainsKey(set.Name)).ToDictionary(set => set.Name, set => set.Notice),
            results,
            [.. ModerationCategory.All.Except(categories)],
            (Flags(ordinary, thresholds, categories).Count(flag => flag), ordinary.Length),
            HateCheck(sets, thresholds),
            (Flags(hatemoji.Select(c => c.Text), thresholds, HateCategories).Zip(hatemoji).Count(pair => pair.First == pair.Second.Hateful), hatemoji.Length),
            (Flags(harmful, thresholds, categories).Count(flag => flag), harmful.Length));
    }

    private (string, bool, int, int)[] HateCheck(IReadOnlyList<DataSet> sets, Dictionary<string, double> thresholds)
    {
        var cases = HeldOutTests.HateCheck(sets).ToArray();
        return
        [
            .. Flags(cases.Select(c => c.Text), thresholds, HateCategories).Zip(cases)
                .GroupBy(pair => (pair.Second.Functionality, pair.Second.Hateful))
                .Select(group => (group.Key.Functionality, group.Key.Hateful, group.Count(pair => pair.First == pair.Second.Hateful), group.Count()))
                .OrderBy(row => row.Functionality, StringComparer.Ordinal),
        ];
    }

    // As inference does it: a text is flagged when any of its windows is.
    private bool[] Flags(IEnumerable<string> texts, Dictionary<string, double> thresholds, string[] among) =>
        [.. texts.Select(text =>
        {
            var windows = featurizer.Chunks(TextNormalizer.Normalize(text));
            return training.Score(windows).Any(scores => categories.Index().Any(c => among.Contains(c.Item) && scores[c.Index] >= thresholds[c.Item]));
        })];
}
