using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;

namespace ChatLoop.Training.Evaluation.WinRates;

/// <summary>What is said of two models' answers to the same questions.</summary>
internal static class WinRateFigures
{
    public const string Test = "win rate";

    public const string Answers = "answers";

    public const string Wins = "wins by the judge";

    public const string Flagged = "flagged by moderation";

    /// <summary>
    /// How often the judge likes ours better, ties half, with Wilson's interval (which ties make a little too wide); and, so that nobody takes
    /// length for quality, how often we would win if the longer answer did, and how often the judge likes the longer one.
    /// </summary>
    /// <param name="outcomes">1, 0 or ½ for each question.</param>
    public static IEnumerable<Figure> Of(string opponent, IReadOnlyList<double> outcomes, IReadOnlyList<Answer> ours, IReadOnlyList<Answer> theirs)
    {
        var part = Against(opponent);
        double[] longer = [.. ours.Zip(theirs, (a, b) => a.Ids.Count > b.Ids.Count ? 1 : a.Ids.Count < b.Ids.Count ? 0 : 0.5)];
        double[] agreed = [.. outcomes.Zip(longer).Where(p => p.Second != 0.5).Select(p => p.First == 0.5 ? 0.5 : p.First == p.Second ? 1 : 0)];
        yield return Figure.Share(Test, part, Wins, outcomes.Sum(), outcomes.Count) with { Chance = 0.5 };
        yield return Figure.Share(Test, part, "wins if longer won", longer.Sum(), longer.Length) with { Chance = 0.5 };
        if (agreed.Length > 0) yield return Figure.Share(Test, part, "judge likes the longer", agreed.Sum(), agreed.Length) with { Chance = 0.5 };
    }

    public static string Against(string opponent) => "against " + opponent;

    public static string Kl(string reference) => $"KL to {reference}, nats";

    /// <summary>Lengths, ends, and how far the answers are from what the reference would say.</summary>
    public static IEnumerable<Figure> OfAnswers(IReadOnlyCollection<Answer> answers, IReadOnlyCollection<double>? divergences, string reference)
    {
        yield return Figure.Mean(Test, Answers, "tokens", [.. answers.Select(a => (double)a.Ids.Count)]);
        yield return Figure.Share(Test, Answers, "share with EOS", answers.Count(a => a.Ended), answers.Count);
        if (divergences is not null) yield return Figure.Mean(Test, Answers, Kl(reference), divergences);
    }
}
