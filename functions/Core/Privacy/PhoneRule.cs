using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>
/// Phone numbers: international ones (+ or 00, E.164), national ones that begin with 0 and have 9 to 12 figures, and North American
/// ones in groups. Other national numbers look like any number, and are left.
/// </summary>
internal static class PhoneRule
{
    private static readonly Regex Candidate = new(@"\+?\(?[0-9](?:[ ./()\-]{0,3}[0-9]){6,17}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex NorthAmerican = new(@"^(?:1[ .\-]?)?\(?[2-9][0-9]{2}(?:\) ?|[ .\-])[0-9]{3}[ .\-][0-9]{4}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Date = new(@"^(?:[0-9]{1,2}[./\-][0-9]{1,2}[./\-][0-9]{2,4}|[0-9]{4}[./\-][0-9]{2}[./\-][0-9]{2})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static Span? Find(string text, int from)
    {
        for (var at = from; Candidate.Match(text, at) is { Success: true } match; at = match.Index + 1)
        {
            // Not within a longer number, an amount, a word or a path.
            var before = match.Index > 0 ? text[match.Index - 1] : ' ';
            if (char.IsLetterOrDigit(before) || before is '+' or '.' or ',' or '/' or '-' or '_' or '=' or '#') continue;
            if (before == ' ' && text[match.Index] != '+' && Figures.IsDigitAt(text, match.Index - 2)) continue;
            foreach (var end in Figures.GroupEnds(text, match.Index, match.Index + match.Length))
            {
                if (IsPhone(text[match.Index..end])) return new Span(match.Index, end);
            }
        }

        return null;
    }

    private static bool IsPhone(string number)
    {
        var digits = Figures.Digits(number);
        if (number[0] == '+' || (number[0] == '(' && number.Length > 1 && number[1] == '+')) return digits.Length is >= 8 and <= 15;
        if (NorthAmerican.IsMatch(number)) return true;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return digits.Length is >= 10 and <= 17 && digits[2] != '0';
        return digits[0] == '0' && digits.Length is >= 9 and <= 12 && !Date.IsMatch(number) && HasGroupsOfAPhone(number);
    }

    /// <summary>0.123456789 is a fraction and 0-306-40615-2 a book: a phone's first and last groups have two figures or more.</summary>
    private static bool HasGroupsOfAPhone(string number)
    {
        var groups = number.Split([' ', '.', '/', '(', ')', '-'], StringSplitOptions.RemoveEmptyEntries);
        return groups[0].Length > 1 && groups[^1].Length > 1;
    }
}
