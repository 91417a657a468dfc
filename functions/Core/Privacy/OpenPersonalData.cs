using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>Where in a text that still grows personal data may have begun whose end has not come yet. It errs towards yes: what is held back for nothing comes a word later.</summary>
public static class OpenPersonalData
{
    /// <summary>In characters: no address or number that the rules find in earnest is longer (an e-mail address has 254 at most, RFC 5321).</summary>
    private const int Longest = 256;

    // Between words of scripts that write no spaces.
    private const string WideSigns = "。！？，、；：";

    // Between the groups of a number.
    private const string Separators = " ./()-";

    // A word may become an e-mail or IP address for as long as it is not ended.
    private const string Word = @"[\p{L}\p{N}_.%+'@:\-]+";

    // Phone and card numbers: figures in groups, after which another group may come.
    private const string Figure = @"\+?\(?(?:[0-9](?:[ ./()\-]{0,3}[0-9]){0,18}[ ./()\-]{0,3})?";

    private const string Iban = @"\b[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]){0,30} ?";

    private const string Named = @" (?:\p{Lu}[\p{L}'.\-]{0,30}|[0-9]{1,3}(?:st|nd|rd|th))";

    // A house number and what may be a street; behind two such words flat, town and postcode may follow.
    private const string English = @"\b[0-9]{1,5}[A-Za-z]?(?:-[0-9]{1,5})?(?:(?:" + Named + "){0,5} ?|(?:" + Named + @"){2,5}(?:,? ?(?:[\p{Lu}0-9][\p{L}0-9 .\-]{0,40})?(?:, ?[\p{Lu}0-9 ]{0,10})?))";

    private const string German = @"\b(?:\p{Lu}[\p{L}\-]{0,40}(?:str\.)?|\p{Lu}[\p{L}\-]{0,40} [SPAW][\p{L}]{0,7}\.?)(?: (?:[0-9]{1,4} ?[a-z]?(?:, ?(?:[0-9]{1,5}(?: (?:\p{Lu}[\p{L}\-]{0,30})?)?)?)?)?)?";

    private const string Box = @"\b[Pp]\.? ?(?:[Oo]\.? ?(?:[Bb](?:ox?)?)?)?(?: [0-9]{0,6})?";

    private static readonly Regex AtTheEnd = new($@"(?:{Word}|{Figure}|{Iban}|{English}|{German}|{Box})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <returns>The start of what may be personal data that reaches the end of the text; the text's length where there is none.</returns>
    public static int Start(string text, int from)
    {
        ArgumentNullException.ThrowIfNull(text);
        var window = Math.Max(from, text.Length - Longest);
        var start = AtTheEnd.Match(text, window) is { Success: true } match ? match.Index : text.Length;
        // What is whole may reach into what is open: "(555) 123-4567 N", where the end may be a house number and a street.
        for (var before = -1; before != start;)
        {
            before = start;
            start = AfterBreak(text, window, BeforeFigures(text, window, PersonalData.StartAround(text, from, start)));
        }

        return start;
    }

    /// <summary>Where figures in groups stand before a place, their start: what of them is a number, the next ones may decide.</summary>
    private static int BeforeFigures(string text, int from, int place)
    {
        var start = place;
        while (true)
        {
            var end = start;
            while (end > from && start - end < 3 && Separators.Contains(text[end - 1])) end--;
            if (end == from || !char.IsAsciiDigit(text[end - 1])) break;
            start = end - 1;
            while (start > from && char.IsAsciiDigit(text[start - 1])) start--;
        }

        return start;
    }

    /// <summary>Rules look at the signs before a number: "=030…" is none of a phone.</summary>
    private static int AfterBreak(string text, int from, int start)
    {
        while (start > from && start < text.Length && !IsBreak(text[start - 1])) start--;
        return start;
    }

    private static bool IsBreak(char sign) => char.IsWhiteSpace(sign) || WideSigns.Contains(sign);
}
