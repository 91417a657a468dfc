using System.Text.RegularExpressions;

namespace ChatLoop.Training.Evaluation.Answers;

/// <summary>
/// SQuAD's exact match and F1 (Rajpurkar et al. 2016, arXiv:1606.05250; the official evaluate-v2.0.py). Normalised: lower case, ASCII
/// punctuation taken out, then the words a, an and the, then white space joined. Of several right answers the best match counts.
/// </summary>
internal static partial class SquadScore
{
    [GeneratedRegex(@"\b(a|an|the)\b")]
    private static partial Regex Articles();

    public static double ExactMatch(string answer, IEnumerable<string> references) =>
        references.Any(r => Words(answer).SequenceEqual(Words(r))) ? 1 : 0;

    /// <summary>The harmonic mean of precision and recall over words, each as often as it comes.</summary>
    public static double F1(string answer, IEnumerable<string> references) => references.Max(r => F1(Words(answer), Words(r)));

    private static double F1(string[] answer, string[] reference)
    {
        if (answer.Length == 0 || reference.Length == 0) return answer.Length == reference.Length ? 1 : 0;
        var left = reference.CountBy(w => w).ToDictionary();
        var common = answer.CountBy(w => w).Sum(w => Math.Min(w.Value, left.GetValueOrDefault(w.Key)));
        return 2.0 * common / (answer.Length + reference.Length);
    }

    private static string[] Words(string text)
    {
        var spelt = string.Concat(text.ToLowerInvariant().Where(c => !(char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))));
        return Articles().Replace(spelt, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
