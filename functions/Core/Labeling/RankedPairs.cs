namespace ChatLoop.Core.Labeling;

/// <summary>
/// Consensus by ranked pairs: Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987).
/// Each pair of answers that a majority orders is locked, the largest margin first, unless it closes a cycle with those locked before.
/// Where margins are equal, the pair with fewer against it goes first; where that is equal too, Tideman draws lots. Here such pairs
/// are looked at together, and those that close a cycle among themselves are all dropped: neither the order of the answers nor that
/// of the labelers decides, and answers that only a lot could order are tied.
/// </summary>
public static class RankedPairs
{
    /// <exception cref="ArgumentException">There is no ranking, or they are of different numbers of answers.</exception>
    public static Consensus Of(params IReadOnlyList<Ranking> rankings)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        if (rankings.Count == 0) throw new ArgumentException("A consensus takes at least one ranking.", nameof(rankings));
        var count = rankings[0].Count;
        if (rankings.FirstOrDefault(r => r.Count != count) is { } other) throw new ArgumentException($"A ranking of {count} answers and one of {other.Count} have no consensus.", nameof(rankings));

        var (locked, dropped) = (new List<Majority>(), new List<Majority>());
        var beats = new bool[count, count];
        var groups = Majorities(rankings, count).GroupBy(pair => (pair.Margin, pair.Against)).OrderByDescending(group => group.Key.Margin).ThenBy(group => group.Key.Against);
        foreach (var group in groups)
        {
            Majority[] open = [.. group.Where(pair => !beats[pair.Worse, pair.Better])];
            var together = Closed(beats, open);
            Majority[] kept = [.. open.Where(pair => !together[pair.Worse, pair.Better])];
            beats = Closed(beats, kept);
            locked.AddRange(kept);
            dropped.AddRange(group.Except(kept));
        }

        return new Consensus(Order(beats), locked, dropped, [.. from a in Enumerable.Range(0, count) from b in Enumerable.Range(0, count) where beats[a, b] select (a, b)]);
    }

    private static IEnumerable<Majority> Majorities(IReadOnlyList<Ranking> rankings, int count) =>
        from better in Enumerable.Range(0, count)
        from worse in Enumerable.Range(0, count)
        let votes = rankings.Count(r => r.Compare(better, worse) < 0)
        let against = rankings.Count(r => r.Compare(better, worse) > 0)
        where votes > against
        select new Majority(better, worse, votes, against);

    /// <summary>What beats what, through any number of others, once these pairs are added (Warshall).</summary>
    private static bool[,] Closed(bool[,] beats, IEnumerable<Majority> added)
    {
        var closed = (bool[,])beats.Clone();
        foreach (var pair in added) closed[pair.Better, pair.Worse] = true;
        var count = closed.GetLength(0);
        for (var through = 0; through < count; through++)
            for (var from = 0; from < count; from++)
                for (var to = 0; to < count; to++)
                    closed[from, to] |= closed[from, through] && closed[through, to];
        return closed;
    }

    /// <summary>An answer's rank is one more than the longest chain of answers above it.</summary>
    private static Ranking Order(bool[,] beats)
    {
        var ranks = new int[beats.GetLength(0)];
        for (var rank = 1; ranks.Contains(0); rank++)
        {
            int[] open = [.. Enumerable.Range(0, ranks.Length).Where(answer => ranks[answer] == 0)];
            foreach (var answer in open.Where(answer => !open.Any(above => beats[above, answer]))) ranks[answer] = rank;
        }

        return Ranking.Of(ranks);
    }
}
