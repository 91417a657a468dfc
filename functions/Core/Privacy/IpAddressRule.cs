using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ChatLoop.Core.Privacy;

/// <summary>Addresses of IPv4 and IPv6, save those that name no one: the machine itself, any address, and masks of networks.</summary>
internal static class IpAddressRule
{
    private static readonly Regex Candidate = new(
        @"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    // Shorter ones, such as a[1::2], are code.
    private const int ShortestV6 = 7;

    public static Span? Find(string text, int from)
    {
        for (var at = from; Candidate.Match(text, at) is { Success: true } match; at = match.Index + 1)
        {
            var end = match.Index + match.Length;
            // "at fe80::1: a colon of the sentence".
            if (text[end - 1] == ':' && text[end - 2] != ':') end--;
            var candidate = text.AsSpan(match.Index, end - match.Index);
            if (StandsAlone(text, match.Index, end, candidate.Contains(':') ? ':' : '.') && IsPersonal(candidate)) return new Span(match.Index, end);
        }

        return null;
    }

    /// <summary>Not the middle of a longer row of groups.</summary>
    private static bool StandsAlone(string text, int start, int end, char separator) =>
        !Figures.IsWordAt(text, start - 1) && !Figures.IsWordAt(text, end)
        && !(start > 1 && text[start - 1] == separator && char.IsAsciiHexDigit(text[start - 2]))
        && !(end + 1 < text.Length && (text[end] == separator || text[end] == '.') && char.IsAsciiHexDigit(text[end + 1]));

    private static bool IsPersonal(ReadOnlySpan<char> candidate)
    {
        if (!IPAddress.TryParse(candidate, out var address) || IPAddress.IsLoopback(address)) return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return candidate.Length >= ShortestV6 && candidate.ContainsAnyInRange('0', '9');
        return address.GetAddressBytes()[0] is not (0 or 255);
    }
}
