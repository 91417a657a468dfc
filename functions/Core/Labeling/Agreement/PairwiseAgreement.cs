namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>
/// How often two rankings order two answers the same way: the figure that InstructGPT gives for its labelers (Ouyang et al. 2022,
/// section 3.4: 72.6 %). Counted over all pairs of rankings and all pairs of answers.
/// </summary>
/// <param name="Same">Both prefer the same answer.</param>
/// <param name="Opposite">They prefer different ones.</param>
/// <param name="OneTied">One of them ties the two.</param>
/// <param name="BothTied">Both tie them.</param>
public sealed record PairwiseAgreement(long Same, long Opposite, long OneTied, long BothTied)
{
    /// <summary>The share of equal verdicts where a tie is a verdict (the first set-up of MT-bench, Zheng et al. 2023); null where nothing was compared.</summary>
    public double? Share => Same + Opposite + OneTied + BothTied is var all and > 0 ? (double)(Same + BothTied) / all : null;

    /// <summary>The share where both have a preference (MT-bench's second set-up); chance gives 0.5.</summary>
    public double? ShareWithoutTies => Same + Opposite is var all and > 0 ? (double)Same / all : null;

    /// <summary>Every labeler with every other on the tasks that they share.</summary>
    public static PairwiseAgreement Of(IEnumerable<RankedTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return Of(from task in tasks
                  let rankings = task.ByLabeler.Values.ToArray()
                  from first in Enumerable.Range(0, rankings.Length)
                  from second in Enumerable.Range(first + 1, rankings.Length - first - 1)
                  select (rankings[first], rankings[second]));
    }

    /// <summary>Any pairs of rankings, such as the model's and people's.</summary>
    public static PairwiseAgreement Of(IEnumerable<(Ranking First, Ranking Second)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var (same, opposite, oneTied, bothTied) = (0L, 0L, 0L, 0L);
        foreach (var (first, second) in pairs)
        {
            for (var a = 0; a < first.Count; a++)
            {
                for (var b = a + 1; b < first.Count; b++)
                {
                    var (one, other) = (first.Compare(a, b), second.Compare(a, b));
                    if (one == 0 && other == 0) bothTied++;
                    else if (one == 0 || other == 0) oneTied++;
                    else if (one == other) same++;
                    else opposite++;
                }
            }
        }

        return new PairwiseAgreement(same, opposite, oneTied, bothTied);
    }
}
