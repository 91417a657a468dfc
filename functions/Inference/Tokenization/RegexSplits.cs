using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Inference.Tokenization;

/// <summary>
/// Splits text by expressions, one after another, as Hugging Face's `Split` with behaviour `Isolated` does: matches and
/// the gaps between them both become pieces. Expressions see code points, as Hugging Face's do: .NET's own classes know
/// only UTF-16 units, so each code point beyond U+FFFF is matched as a stand-in of its general category.
/// </summary>
internal sealed class RegexSplits(IReadOnlyList<Regex> expressions) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        var shadow = Shadow(text);
        List<(int Offset, int Length)> pieces = [(0, shadow.Length)];
        foreach (var expression in expressions) pieces = Split(shadow, pieces, expression);
        return text.Length == shadow.Length ? pieces : InUnits(text, pieces);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private static List<(int Offset, int Length)> Split(string text, List<(int Offset, int Length)> pieces, Regex expression)
    {
        var split = new List<(int Offset, int Length)>();
        foreach (var (offset, length) in pieces)
        {
            // The expression sees the piece alone: what stands beside it is no context for look-ahead.
            var end = 0;
            foreach (var match in expression.EnumerateMatches(text.AsSpan(offset, length)))
            {
                if (match.Length == 0) continue;
                if (match.Index > end) split.Add((offset + end, match.Index - end));
                split.Add((offset + match.Index, match.Length));
                end = match.Index + match.Length;
            }

            if (end < length) split.Add((offset + end, length - end));
        }

        return split;
    }

    // One character per code point; the text itself where it has no surrogates.
    private static string Shadow(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var shadow = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
        return shadow.ToString();
    }

    // Characters of the same category that no tokenizer's expression names by itself.
    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u05D0',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.DashPunctuation => '\u2013',
        UnicodeCategory.OtherPunctuation => '\u00B7',
        UnicodeCategory.MathSymbol => '\u00D7',
        UnicodeCategory.CurrencySymbol => '\u00A4',
        UnicodeCategory.ModifierSymbol => '\u00A8',
        UnicodeCategory.OtherSymbol => '\u00A6',
        UnicodeCategory.Format => '\u00AD',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\uFFFF',
    };

    // From code points back to UTF-16 units.
    private static List<(int Offset, int Length)> InUnits(string text, List<(int Offset, int Length)> pieces)
    {
        var at = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            var start = at;
            for (var n = 0; n < pieces[i].Length; n++) at += char.IsHighSurrogate(text[at]) ? 2 : 1;
            pieces[i] = (start, at - start);
        }

        return pieces;
    }
}
