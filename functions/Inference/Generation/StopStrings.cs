using System.Text;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// Lets text through up to the first stop string, wherever pieces break. What may yet turn out to be the beginning of a
/// stop string is held back until that is known.
/// </summary>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>A stop string has been found: nothing more comes.</summary>
    public bool Found { get; private set; }

    /// <summary>Takes a piece and gives the text that is certain.</summary>
    public string Append(string piece)
    {
        if (Found) return "";
        if (stops.Count == 0) return piece;
        _held.Append(piece);
        var text = _held.ToString();
        _held.Clear();
        var first = -1;
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }

        if (first >= 0)
        {
            Found = true;
            return text[..first];
        }

        var keep = stops.Max(stop => Overlap(text, stop));
        _held.Append(text, text.Length - keep, keep);
        return text[..^keep];
    }

    /// <summary>What was held back, when nothing follows.</summary>
    public string Finish()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    // How much of the text's end is a beginning of the stop string.
    private static int Overlap(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (string.CompareOrdinal(text, text.Length - length, stop, 0, length) == 0) return length;
        }

        return 0;
    }
}
