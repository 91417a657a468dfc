using ChatLoop.Core.Moderation;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Moderation;

/// <summary>All texts, read, normalised, without duplicates and held-out texts, split by the hash of the text.</summary>
internal sealed class ModerationCorpus
{
    public List<LabeledText> Train { get; } = [];

    public List<LabeledText> Val { get; } = [];

    public SortedDictionary<string, (int Train, int Val, int Dropped)> Sets { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it is one of the everyday texts that over-blocking is measured on.</summary>
    public static bool IsOrdinary(LabeledText text) => OrdinaryTexts.IsKnown(text.Source);

    public static ModerationCorpus Read(IReadOnlyList<DataSet> sets, ModerationOptions options, int seed, IReporter reporter, CancellationToken cancellationToken)
    {
        var corpus = new ModerationCorpus();
        var heldOut = new HeldOutText();
        var seen = new HashSet<ulong>();
        foreach (var text in HeldOutTests.Texts(sets))
        {
            heldOut.Add(text);
            seen.Add(StableHash.Of(TextNormalizer.Normalize(text))); // the shortest too, which HeldOutText lets pass
        }

        // First come, first kept: our templates' labels are complete, so they come first.
        corpus.Add(QuestionTemplates.Load(QuestionTemplates.DefaultFile).Fill(options.FillingsPerTemplate, seed), heldOut, seen, options.ValShare);
        foreach (var set in sets.Append(Persona.Set))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (OrdinaryTexts.IsKnown(set)) corpus.Add(OrdinaryTexts.Read(set, options.OrdinaryTextsPerSet), heldOut, seen, options.ValShare);
            else if (set.Name.StartsWith("modtrain-", StringComparison.Ordinal)) corpus.Add(ModerationSets.Read(set), heldOut, seen, options.ValShare);
            else continue;
            reporter.Line($"  {set.Name}: {corpus.Sets.GetValueOrDefault(set.Name).Train:N0} texts to train on, {corpus.Sets.GetValueOrDefault(set.Name).Val:N0} to validate on");
        }

        return corpus;
    }

    private void Add(IEnumerable<LabeledText> texts, HeldOutText heldOut, HashSet<ulong> seen, double valShare)
    {
        foreach (var text in texts)
        {
            var normalized = TextNormalizer.Normalize(text.Text);
            var count = Sets.GetValueOrDefault(text.Source);
            if (normalized.Length == 0 || !seen.Add(StableHash.Of(normalized)) || heldOut.Touches(text.Text))
            {
                Sets[text.Source] = count with { Dropped = count.Dropped + 1 };
                continue;
            }

            var isVal = text.ForValidation ?? StableHash.Share("moderation|" + normalized) < valShare;
            (isVal ? Val : Train).Add(text with { Text = normalized });
            Sets[text.Source] = isVal ? count with { Val = count.Val + 1 } : count with { Train = count.Train + 1 };
        }
    }
}
