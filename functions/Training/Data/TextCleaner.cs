using System.Text;
using System.Text.RegularExpressions;

namespace ChatLoop.Training.Data;

/// <summary>Makes text even: no control characters, typographic quotes as ASCII ones, single spaces, at most one blank line.</summary>
internal static partial class TextCleaner
{
    public static string Clean(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var character = rune.Value switch
            {
                '\n' => '\n',
                '\t' or 0xA0 or 0x2002 or 0x2003 or 0x2009 or 0x202F => ' ',
                0x2018 or 0x2019 => '\'',
                0x201C or 0x201D => '"',
                _ => '\0',
            };
            if (character != '\0') kept.Append(character);
            // A lone surrogate enumerates as U+FFFD, which no text means to hold.
            else if (!Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFEFF or 0xAD or 0x200B)) kept.Append(rune.ToString());
        }

        text = Spaces().Replace(kept.ToString(), " ");
        text = SpacesAtLineEnds().Replace(text, "\n");
        return BlankLines().Replace(text, "\n\n").Trim();
    }

    /// <summary>What two texts share when they differ in nothing but case, signs and spaces: lower-case words, one space between.</summary>
    public static string Normalized(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (c is not '\'' && words.Length > 0 && words[^1] != ' ') words.Append(' ');
        }

        return words.ToString().TrimEnd();
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(" *\n *")]
    private static partial Regex SpacesAtLineEnds();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex BlankLines();
}
