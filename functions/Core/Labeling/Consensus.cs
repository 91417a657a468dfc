namespace ChatLoop.Core.Labeling;

/// <summary>What labelers say together of K answers, by <see cref="RankedPairs"/>.</summary>
/// <param name="Ranking">The answers by how they stand in the locked pairs: those that none beats first, then those that only they beat, and so on.</param>
/// <param name="Locked">The majorities that the ranking follows, the strongest first.</param>
/// <param name="Dropped">The majorities that would have closed a cycle: where there are any, the labelers together contradict themselves.</param>
/// <param name="Preferences">Every pair that the locked majorities order, directly or through others.</param>
public sealed record Consensus(Ranking Ranking, IReadOnlyList<Majority> Locked, IReadOnlyList<Majority> Dropped, IReadOnlyList<(int Better, int Worse)> Preferences)
{
    /// <summary>
    /// Whether every step of the ranking is a preference. It is not where the locked pairs leave two answers open that a third one
    /// stands between or beside: the ranking then puts them somewhere, but only <see cref="Preferences"/> were said.
    /// </summary>
    public bool IsRankingWhole
    {
        get
        {
            var ordered = from a in Enumerable.Range(0, Ranking.Count) from b in Enumerable.Range(0, Ranking.Count) where Ranking.Compare(a, b) < 0 select (a, b);
            return ordered.Count() == Preferences.Count;
        }
    }
}
