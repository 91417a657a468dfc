namespace ChatLoop.Core.Labeling;

/// <summary>How one person (or the consensus) orders K answers, ties allowed. Only the order counts: 1 2 2 4 and 1 2 2 3 are the same ranking.</summary>
public sealed class Ranking : IEquatable<Ranking>
{
    /// <summary>K of InstructGPT's labelers (Ouyang et al. 2022, section 3.5) goes from 4 to 9; two are the least that can be compared.</summary>
    public const int FewestAnswers = 2;

    public const int MostAnswers = 9;

    private readonly int[] _ranks;

    private Ranking(int[] ranks) => _ranks = ranks;

    /// <summary>The rank of each answer, in the order in which the answers were given: 1 is the best, equal ranks are ties, none is left out.</summary>
    public IReadOnlyList<int> Ranks => _ranks;

    /// <summary>K.</summary>
    public int Count => _ranks.Length;

    /// <summary>Answers by rank, the best first; tied ones together.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Tiers =>
        [.. Enumerable.Range(0, Count).GroupBy(answer => _ranks[answer]).OrderBy(tier => tier.Key).Select(tier => (IReadOnlyList<int>)[.. tier])];

    /// <summary>Ranks in which tied answers share the mean of the places that they take (Kendall's mid-ranks): 1, 2.5, 2.5, 4.</summary>
    public IReadOnlyList<double> MidRanks =>
        [.. _ranks.Select(rank => _ranks.Count(r => r < rank) + ((_ranks.Count(r => r == rank) + 1) / 2.0))];

    /// <summary>Takes ranks of any positive numbers.</summary>
    /// <exception cref="ArgumentException">They are no ranking; the message says why.</exception>
    public static Ranking Of(params IReadOnlyList<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (Mistake(ranks, ranks.Count) is { } mistake) throw new ArgumentException(mistake, nameof(ranks));
        int[] places = [.. ranks.Distinct().Order()];
        return new Ranking([.. ranks.Select(rank => Array.BinarySearch(places, rank) + 1)]);
    }

    /// <summary>What keeps these ranks from being a ranking of so many answers, as a sentence; null when nothing does.</summary>
    public static string? Mistake(IReadOnlyList<int>? ranks, int answers)
    {
        if (answers is < FewestAnswers or > MostAnswers) return $"A ranking takes {FewestAnswers} to {MostAnswers} answers, not {answers}.";
        if (ranks is null) return "The ranks are missing: give one rank per answer, 1 for the best.";
        if (ranks.Count != answers) return $"There are {ranks.Count} ranks for {answers} answers: give one rank per answer, equal ones for ties.";
        return ranks.FirstOrDefault(rank => rank < 1, 1) is var wrong and < 1 ? $"The rank {wrong} is below 1, the best." : null;
    }

    /// <summary>Below 0 where the first answer is better, above where it is worse, 0 for a tie.</summary>
    public int Compare(int first, int second) => _ranks[first].CompareTo(_ranks[second]);

    public bool Equals(Ranking? other) => other is not null && _ranks.AsSpan().SequenceEqual(other._ranks);

    public override bool Equals(object? obj) => Equals(obj as Ranking);

    public override int GetHashCode() => _ranks.Aggregate(Count, HashCode.Combine);

    public override string ToString() => string.Join(' ', _ranks);
}
