using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Rewards;

/// <summary>All ranked answers that the section `reward` or `judge` of a recipe asks for, set by set.</summary>
internal static class ComparisonReader
{
    /// <exception cref="StageException">The folder or a set that the section names is not there.</exception>
    public static IEnumerable<(string Set, IReadOnlyList<Comparison> Comparisons)> Read(string section, StageContext context)
    {
        var options = context.Options<RewardOptions>(section);
        var folder = FolderOf(options, context);
        IEnumerable<(string Set, IReadOnlyList<Comparison> Comparisons)> ranked = folder.Length == 0 ? [(SyntheticText.Set, [.. SyntheticRankings.Make(context.Seed, options.SyntheticQuestions)])] : InFolder(section, folder, options);
        if (options.MismatchedPerSet > 0) ranked = ranked.Concat(MismatchedAnswers.Make(ConversationSplit.Read(context.Run.Data, Split.Train), options.MismatchedPerSet, context.Seed));
        return options.Drafts ? ranked.Concat(Drafts(section, context.Run)) : ranked;
    }

    /// <summary>The same, and the section's options with as many questions held out as it asks for (<see cref="RewardSplits.WithEnoughHeldOut"/>): whoever splits, splits alike.</summary>
    public static (RewardOptions Options, IReadOnlyList<(string Set, IReadOnlyList<Comparison> Comparisons)> Sets) ReadForSplit(string section, StageContext context)
    {
        var sets = Read(section, context).ToArray();
        return (RewardSplits.WithEnoughHeldOut(context.Options<RewardOptions>(section), sets.SelectMany(s => s.Comparisons)), sets);
    }

    /// <summary>The comparisons that the section trains on.</summary>
    public static IEnumerable<Comparison> Training(string section, StageContext context)
    {
        var (options, sets) = ReadForSplit(section, context);
        return sets.SelectMany(s => s.Comparisons).Where(c => RewardSplits.Of(c, options) == RewardSplit.Train);
    }

    /// <summary>The files and folders whose contents decide what <see cref="Read"/> gives.</summary>
    public static IEnumerable<string> Inputs(string section, StageContext context)
    {
        var options = context.Options<RewardOptions>(section);
        if (FolderOf(options, context) is { Length: > 0 } folder) yield return folder;
        if (options.Drafts) yield return context.Run.Drafts;
        if (options.MismatchedPerSet > 0) yield return ConversationSplit.FileOf(context.Run.Data, Split.Train);
    }

    private static IEnumerable<(string Set, IReadOnlyList<Comparison> Comparisons)> Drafts(string section, RunFolder run)
    {
        if (!Directory.Exists(run.Drafts)) throw new StageException($"There are no drafts in {run.Drafts}: run the stage `drafts` first, or set {section}.drafts to false.");
        return DataSet.Find(run.Drafts).Select(set => set with { Name = set.Name + ", drafts" }).Select(set => (set.Name, (IReadOnlyList<Comparison>)[.. RankedSets.Read(set)]));
    }

    private static string FolderOf(RewardOptions options, StageContext context) => options.Folder.Length > 0 ? options.Folder : context.Options<DataOptions>("data").Folder;

    private static IEnumerable<(string Set, IReadOnlyList<Comparison> Comparisons)> InFolder(string section, string folder, RewardOptions options)
    {
        if (!Directory.Exists(folder)) throw new StageException($"The data folder {Path.GetFullPath(folder)} does not exist: set {section}.folder or data.folder in the recipe.");
        var all = DataSet.Find(folder);
        var sets = all.Where(RankedSets.IsRanked).ToArray();
        if (options.Sets.FirstOrDefault(s => sets.All(set => set.Name != s)) is { } unknown) throw new StageException($"{section}.sets names '{unknown}', but there are ranked answers only in {string.Join(", ", sets.Select(s => s.Name))}.");
        // Of held-out users: their questions train nothing, whoever else asked them.
        var held = all.Select(set => (set.Name, Comparisons: (IReadOnlyList<Comparison>)[.. JudgedFiles.HeldOut(set)])).Where(set => set.Comparisons.Count > 0).ToArray();
        var heldQuestions = held.SelectMany(set => set.Comparisons).Select(c => c.Key).ToHashSet();
        return sets.Where(set => options.Sets.Count == 0 || options.Sets.Contains(set.Name))
            .Select(set => (set.Name, (IReadOnlyList<Comparison>)Spread.Over([.. RankedSets.Read(set).Where(c => !heldQuestions.Contains(c.Key))], options.MaxComparisonsPerSet)))
            .Concat(held);
    }
}
