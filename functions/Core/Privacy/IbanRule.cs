using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>International bank account numbers (ISO 13616): the length of the country, and check digits by modulo 97.</summary>
internal static class IbanRule
{
    private static readonly Regex Candidate = new(@"\b[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]){11,30}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    // From the registry of SWIFT: two letters, then the length.
    private static readonly Dictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 "
        + "GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 "
        + "PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20").Split(' ').ToDictionary(entry => entry[..2], entry => int.Parse(entry[2..], System.Globalization.CultureInfo.InvariantCulture));

    public static Span? Find(string text, int from)
    {
        for (var at = from; Candidate.Match(text, at) is { Success: true } match; at = match.Index + 1)
        {
            if (End(text, match.Index, match.Index + match.Length) is { } end) return new Span(match.Index, end);
        }

        return null;
    }

    private static int? End(string text, int start, int limit)
    {
        if (!Lengths.TryGetValue(text.Substring(start, 2).ToUpperInvariant(), out var length)) return null;
        var (end, remainder) = (start, 0);
        var sign = new char[length];
        for (var count = 0; count < length; end++)
        {
            if (end == limit) return null;
            if (text[end] != ' ') sign[count++] = char.ToUpperInvariant(text[end]);
        }

        // The country and its check digits go to the end; letters count from 10.
        foreach (var c in sign[4..].Concat(sign[..4])) remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        return remainder == 1 && !Figures.IsWordAt(text, end) ? end : null;
    }
}
