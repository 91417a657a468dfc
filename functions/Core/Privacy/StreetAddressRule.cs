using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>Streets with a house number as English and German write them, with flat and postcode where they follow, and post-office boxes.</summary>
internal static class StreetAddressRule
{
    private const string English =
        @"\b[0-9]{1,5}[A-Za-z]?(?:-[0-9]{1,5})? (?:(?:\p{Lu}[\p{L}'.\-]{0,30}|[0-9]{1,3}(?:st|nd|rd|th)) ){1,4}"
        + @"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Square|Sq|Terrace|Highway|Hwy|Parkway|Pkwy|Close|Crescent)\b\.?"
        + @"(?:,? (?:Apt|Apartment|Suite|Unit|Flat)\.? ?[0-9A-Za-z]{1,5}\b)?(?:, \p{Lu}[\p{L} .\-]{1,30},? [A-Z]{2} [0-9]{5}\b)?";

    private const string German =
        @"\b(?:\p{Lu}[\p{L}\-]{1,40}(?:straße|strasse|str\.|platz|allee|gasse)|\p{Lu}[\p{L}\-]{1,40} (?:Straße|Strasse|Str\.|Platz|Allee|Weg)) [0-9]{1,4}(?: ?[a-z])?\b(?:, [0-9]{5} \p{Lu}[\p{L}\-]{1,30}\b)?";

    private const string Box = @"\b[Pp]\.? ?[Oo]\.? [Bb]ox [0-9]{1,6}\b";

    private static readonly Regex Address = new($"{English}|{German}|{Box}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static Span? Find(string text, int from) =>
        Address.Match(text, from) is { Success: true } match ? new Span(match.Index, match.Index + match.Length) : null;
}
