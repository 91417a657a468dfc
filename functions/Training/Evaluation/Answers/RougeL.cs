namespace ChatLoop.Training.Evaluation.Answers;

/// <summary>
/// ROUGE-L (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries", §3.1) as Google's rouge_score computes it without stemming:
/// words are runs of a–z and 0–9 of the lower-cased text; with L the length of the longest common subsequence, P = L / words of the answer,
/// R = L / words of the reference, and the score is 2PR / (P + R), β = 1. Of several references the best counts.
/// </summary>
internal static class RougeL
{
    public static double Of(string answer, IEnumerable<string> references) => references.Max(r => Of(Words(answer), Words(r)));

    private static double Of(List<string> answer, List<string> reference) =>
        answer.Count == 0 || reference.Count == 0 ? 0 : 2.0 * LongestCommonSubsequence(answer, reference) / (answer.Count + reference.Count);

    private static int LongestCommonSubsequence(List<string> a, List<string> b)
    {
        var row = new int[b.Count + 1]; // of a's words so far against b's first j
        foreach (var word in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Count; j++)
            {
                (diagonal, row[j]) = (row[j], word == b[j - 1] ? diagonal + 1 : Math.Max(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }

    private static List<string> Words(string text)
    {
        var (words, start) = (new List<string>(), -1);
        var lower = text.ToLowerInvariant();
        for (var i = 0; i <= lower.Length; i++)
        {
            var inWord = i < lower.Length && (char.IsAsciiLetterLower(lower[i]) || char.IsAsciiDigit(lower[i]));
            if (inWord && start < 0) start = i;
            if (inWord || start < 0) continue;
            words.Add(lower[start..i]);
            start = -1;
        }

        return words;
    }
}
