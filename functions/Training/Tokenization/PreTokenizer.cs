using System.Text;
using System.Text.RegularExpressions;

namespace ChatLoop.Training.Tokenization;

/// <summary>
/// Cuts text into the pieces that merges never cross: contractions, words with the space before them, single digits (so that numbers
/// are spelt the same everywhere), runs of other signs, runs of white space. GPT-2's pattern (Radford et al. 2019) with digits one by one
/// and white space spelt out, since regex engines disagree on what \s holds.
/// </summary>
internal static partial class PreTokenizer
{
    public const string Pattern = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}| ?[^ \t\r\n\p{L}\p{N}]+|[ \t\r\n]+(?![^ \t\r\n])|[ \t\r\n]+";

    // A letter, a number and a sign that the pattern does not name by themselves.
    private const char Letter = '\u0101';
    private const char Number = '\u0660';
    private const char Sign = '\u00A6';

    /// <summary>The pieces in order, in UTF-16 units; together they are the whole text.</summary>
    public static List<(int Offset, int Length)> Pieces(string text)
    {
        var pieces = new List<(int Offset, int Length)>();
        // Other tokenizers match code points and .NET units: one unit stands in for each code point beyond U+FFFF.
        var shadow = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Shadow(text) : text;
        var at = 0;
        foreach (var match in Regex().EnumerateMatches(shadow))
        {
            var start = at;
            if (shadow.Length == text.Length) at += match.Length;
            else for (var n = 0; n < match.Length; n++) at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
            pieces.Add((start, at - start));
        }

        return pieces;
    }

    private static string Shadow(string text)
    {
        var shadow = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) shadow.Append(rune.IsBmp ? (char)rune.Value : Rune.IsLetter(rune) ? Letter : Rune.IsNumber(rune) ? Number : Sign);
        return shadow.ToString();
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Regex();
}
