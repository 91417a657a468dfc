using System.Text;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests.Tokenization;

/// <summary>Byte-pair encoding as it is defined, without any bookkeeping: everything is counted anew at each merge. Tokens are byte strings in Latin-1.</summary>
internal static class ReferenceBpe
{
    public static List<(string Left, string Right)> Train(IEnumerable<KeyValuePair<string, long>> words, int merges)
    {
        var split = words.Select(w => (Tokens: Bytes(w.Key), w.Value)).ToList();
        var made = new List<(string, string)>();
        while (made.Count < merges)
        {
            var counts = new Dictionary<(string Left, string Right), long>();
            foreach (var (tokens, count) in split)
            {
                for (var i = 0; i + 1 < tokens.Count; i++) counts[(tokens[i], tokens[i + 1])] = counts.GetValueOrDefault((tokens[i], tokens[i + 1])) + count;
            }

            var frequent = counts.Where(p => p.Value >= 2).ToArray();
            if (frequent.Length == 0) break;
            var best = frequent.OrderByDescending(p => p.Value).ThenBy(p => p.Key.Left, StringComparer.Ordinal).ThenBy(p => p.Key.Right, StringComparer.Ordinal).First().Key;
            made.Add(best);
            foreach (var (tokens, _) in split) Merge(tokens, best);
        }

        return made;
    }

    /// <summary>A text's tokens: in each piece the earliest merge first, wherever it applies.</summary>
    public static List<string> Encode(string text, IReadOnlyList<(string Left, string Right)> merges)
    {
        var all = new List<string>();
        foreach (var piece in PreTokenizer.Pieces(text).Select(p => Bytes(text.Substring(p.Offset, p.Length))))
        {
            foreach (var merge in merges) Merge(piece, merge);
            all.AddRange(piece);
        }

        return all;
    }

    public static List<string> Bytes(string text) => [.. Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)).Select(c => c.ToString())];

    private static void Merge(List<string> tokens, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] != pair.Left || tokens[i + 1] != pair.Right) continue;
            tokens[i] += tokens[i + 1];
            tokens.RemoveAt(i + 1);
        }
    }
}
