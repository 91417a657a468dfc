using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Data;

/// <summary>The files of a data-set version (functions/Core/Datasets), by which an `eval-` set of held-out users is told from other tests.</summary>
internal static class JudgedFiles
{
    public const string Demonstrations = "demonstrations.jsonl";

    private static readonly string[] Ranked = ["pairs.jsonl", "ranked.jsonl", "ratings.jsonl"];

    /// <summary>Comparisons of an `eval-` set; none of a set of another kind.</summary>
    public static IEnumerable<Comparison> HeldOut(DataSet set) =>
        set.IsHeldOut && set.Only(Ranked) is { Files.Count: > 0 } ranked ? RankedSets.Read(ranked).Select(c => c with { IsHeldOut = true }) : [];

    /// <summary>The set with the files of these names alone.</summary>
    public static DataSet Only(this DataSet set, params string[] names) => set with { Files = [.. set.Files.Where(f => names.Contains(Path.GetFileName(f)))] };
}
