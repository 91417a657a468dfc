using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>Numbers of payment cards (ISO/IEC 7812): 13 to 19 figures from 2 to 6 on, with the check digit by Luhn's formula.</summary>
internal static class PaymentCardRule
{
    private const int Shortest = 13;

    private static readonly Regex Candidate = new("[2-6](?:[ -]?[0-9]){12,18}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static Span? Find(string text, int from)
    {
        for (var at = from; Candidate.Match(text, at) is { Success: true } match; at = match.Index + 1)
        {
            if (Figures.IsWordAt(text, match.Index - 1)) continue;
            foreach (var end in Figures.GroupEnds(text, match.Index, match.Index + match.Length))
            {
                var digits = Figures.Digits(text.AsSpan(match.Index, end - match.Index));
                if (digits.Length >= Shortest && IsLuhn(digits)) return new Span(match.Index, end);
            }
        }

        return null;
    }

    private static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
