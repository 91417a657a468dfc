using System.Text.RegularExpressions;

namespace ChatLoop.Training.Moderation;

/// <summary>Posts without what names people or places on the web, so that the classifier learns none of it.</summary>
internal static partial class TweetText
{
    public static string Clean(string tweet) =>
        Noise().Replace(tweet, " ").Replace("&amp;", "&", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"@\w+|@url|https?://\S+|\[USER\]|\[URL\]|\bRT\b|&#\d+;")]
    private static partial Regex Noise();
}
