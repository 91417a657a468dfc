using System.Globalization;
using System.Text;

namespace ChatLoop.Core.Moderation;

/// <summary>
/// Brings a text to the form in which the blocklist and the classifier read it: lower-case words of letters and digits, one space
/// apart, with disguises undone (compatibility forms, homoglyphs, combining and invisible characters, leetspeak, spaced-out letters,
/// stretched letters). Emoji are words of their own. It takes any string, broken surrogates too, in linear time.
/// </summary>
public static class TextNormalizer
{
    // "do I k i l l": this I is a word, not the first letter of the spaced-out one.
    private static readonly HashSet<string> BeforeI = ["do", "can", "should", "could", "would", "will", "if", "and", "when", "may", "must", "how", "did"];

    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Words(Fold(text)).Select(word => Unstretch(Unleet(word))).Where(word => word.Length > 0).ToList();
        return string.Join(' ', JoinSpacedOut(words));
    }

    /// <summary>Letters, digits, marks of leetspeak and spaces; all that shows nothing is gone.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Homoglyphs.ToLatin(rune) is { } latin)
            {
                folded.Append(latin);
                continue;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format:
                case UnicodeCategory.ModifierSymbol when rune.Value > 0x7F:
                case var _ when rune == Rune.ReplacementChar:
                case UnicodeCategory.Control when !Rune.IsWhiteSpace(rune):
                    break;
                case UnicodeCategory.OtherSymbol:
                    folded.Append(' ').Append(rune.ToString()).Append(' ');
                    break;
                case var _ when Rune.IsLetterOrDigit(rune):
                    folded.Append(Rune.ToLowerInvariant(rune).ToString());
                    break;
                case var _ when rune.Value is '@' or '$' or '!' or '\'' or '’' or '*' or '|':
                    if (rune.Value is not ('\'' or '’')) folded.Append((char)rune.Value);
                    break;
                default:
                    folded.Append(' ');
                    break;
            }
        }

        return folded.ToString();
    }

    private static string[] Words(string folded) => folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>k1ll, b0mb, $h!t, a$$: figures and marks among letters are letters; on their own they are not.</summary>
    private static string Unleet(string word)
    {
        word = word.TrimEnd('!', '*', '|', '@').TrimStart('!', '*', '|');
        var letters = word.Count(char.IsLetter);
        var hasMark = word.AsSpan().IndexOfAny("@$!|") >= 0;
        if (letters == word.Length) return word;
        if (letters < 2 && !(letters == 1 && hasMark)) return string.Concat(word.Where(c => !IsMark(c)));
        return string.Concat(word.Select(Letter).Where(c => !IsMark(c)));
    }

    private static bool IsMark(char c) => c is '@' or '$' or '!' or '*' or '|';

    private static char Letter(char c) => c switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    };

    /// <summary>Three or more of a letter: one vowel or two consonants are left, as in "stuuupid" and "killll".</summary>
    private static string Unstretch(string word)
    {
        var kept = new StringBuilder(word.Length);
        for (int start = 0, end; start < word.Length; start = end)
        {
            for (end = start + 1; end < word.Length && word[end] == word[start]; end++)
            {
            }

            var run = end - start;
            if (run > 2 && char.IsLetter(word[start])) run = word[start] is 'a' or 'e' or 'i' or 'o' or 'u' ? 1 : 2;
            kept.Append(word[start], run);
        }

        return kept.ToString();
    }

    private static IEnumerable<string> JoinSpacedOut(List<string> words)
    {
        for (int start = 0, end; start < words.Count; start = end)
        {
            for (end = start; end < words.Count && words[end].Length == 1 && char.IsLetterOrDigit(words[end][0]); end++)
            {
            }

            if (end == start)
            {
                yield return words[end++];
                continue;
            }

            if (end - start > 3 && start > 0 && words[start] == "i" && BeforeI.Contains(words[start - 1])) yield return words[start++];
            if (end - start > 2) yield return Unstretch(Unleet(string.Concat(words[start..end])));
            else
                foreach (var word in words[start..end]) yield return word;
        }
    }
}
