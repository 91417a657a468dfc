namespace ChatLoop.App.Streaming;

/// <summary>Where a text that still grows may be cut: after a sentence, or between words once enough has come. A word is not cut, for half of it may say something else.</summary>
internal static class Borders
{
    private const string SentenceEnds = ".!?…";
    private const string WideSentenceEnds = "\n。！？";

    /// <param name="enough">Characters after which the border between two words will do; where twice as many have none, any place.</param>
    /// <returns>The end of the part that may be judged now; <paramref name="from"/> where there is none yet.</returns>
    public static int Find(ReadOnlySpan<char> text, int from, int enough)
    {
        var fresh = text[from..];
        var border = SentenceEnd(fresh);
        if (border == 0 && fresh.Length >= enough)
            border = WordEnd(fresh);
        if (border == 0 && fresh.Length >= 2 * enough)
            border = char.IsHighSurrogate(fresh[^1]) ? fresh.Length - 1 : fresh.Length;
        return fresh[..border].IsWhiteSpace() ? from : from + border;
    }

    private static int SentenceEnd(ReadOnlySpan<char> text)
    {
        for (var end = text.Length; end > 0; end--)
        {
            var last = text[end - 1];
            // "3.5" is no end of a sentence: what follows decides, so it must be there.
            if (WideSentenceEnds.Contains(last) || (SentenceEnds.Contains(last) && end < text.Length && char.IsWhiteSpace(text[end])))
                return end;
        }

        return 0;
    }

    private static int WordEnd(ReadOnlySpan<char> text)
    {
        for (var end = text.Length - 1; end > 0; end--)
            if (char.IsWhiteSpace(text[end]) && !char.IsWhiteSpace(text[end - 1]))
                return end;
        return 0;
    }
}
