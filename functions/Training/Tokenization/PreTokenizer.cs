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

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    public static partial Regex Regex();
}
