namespace ChatLoop.App.Moderation;

/// <summary>Cuts a text into sentences.</summary>
internal static class Sentences
{
    private const string Ends = ".!?…";
    private const string WideEnds = "\n。！？";

    /// <summary>Put together again, they are the text: each with the space behind it.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var next = at + 1;
            if (!WideEnds.Contains(text[at]) && !(Ends.Contains(text[at]) && (next == text.Length || char.IsWhiteSpace(text[next]))))
                continue;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            yield return text[start..next];
            (start, at) = (next, next - 1);
        }

        if (start < text.Length)
            yield return text[start..];
    }
}
