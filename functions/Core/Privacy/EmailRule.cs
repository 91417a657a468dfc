using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>E-mail addresses as people write them (RFC 5321 without quoted names), with letters of any script.</summary>
internal static class EmailRule
{
    private static readonly Regex Address = new(@"[\p{L}\p{N}_.%+'\-]+@(?:[\p{L}\p{N}\-]+\.)+\p{L}[\p{L}\p{N}\-]*\p{L}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static Span? Find(string text, int from) =>
        Address.Match(text, from) is { Success: true } match ? new Span(match.Index, match.Index + match.Length) : null;
}
