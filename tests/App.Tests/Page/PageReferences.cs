using System.Text.RegularExpressions;

namespace ChatLoop.App.Tests.Page;

/// <summary>The files of the page that markup or a script refers to.</summary>
internal static partial class PageReferences
{
    public static IEnumerable<string> In(string text) =>
        InMarkup().Matches(text).Concat(InScript().Matches(text)).Select(match => match.Groups[1].Value);

    [GeneratedRegex("(?:src|href)=\"page/([^\"]+)\"")]
    private static partial Regex InMarkup();

    [GeneratedRegex("from \"\\./([^\"]+)\"")]
    private static partial Regex InScript();
}
