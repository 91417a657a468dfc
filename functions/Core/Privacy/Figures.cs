namespace ChatLoop.Core.Privacy;

/// <summary>Reads figures that are grouped by signs.</summary>
internal static class Figures
{
    public static bool IsWordAt(string text, int index) => index >= 0 && index < text.Length && char.IsLetterOrDigit(text[index]);

    public static bool IsDigitAt(string text, int index) => index >= 0 && index < text.Length && char.IsAsciiDigit(text[index]);

    /// <summary>The ends within a run of grouped figures at which a group ends, the last first: a number may be followed by one that is not part of it.</summary>
    public static IEnumerable<int> GroupEnds(string text, int start, int end)
    {
        for (var at = end; at > start; at--)
        {
            if (IsDigitAt(text, at - 1) && !IsWordAt(text, at)) yield return at;
        }
    }

    public static string Digits(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[text.Length];
        var count = 0;
        foreach (var c in text)
            if (char.IsAsciiDigit(c)) digits[count++] = c;
        return new string(digits[..count]);
    }
}
