using System.Text.Json;

namespace ChatLoop.Training.Data;

/// <summary>
/// The texts of the tests, so that none of them enters training: any 13 words in a row that a test text holds (GPT-3's rule, Brown et al.
/// 2020, appendix C), and any short test text as a whole.
/// </summary>
internal sealed class HeldOutText
{
    private const int WordsInARow = 13;
    private const int ShortestWhole = 4;

    private readonly HashSet<ulong> _rows = [];
    private readonly HashSet<ulong> _wholes = [];

    public static HeldOutText Read(IEnumerable<DataSet> sets, CancellationToken cancellationToken)
    {
        var heldOut = new HeldOutText();
        foreach (var file in sets.Where(set => set.IsHeldOut).SelectMany(set => set.Files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isJson = file.Contains(".jsonl", StringComparison.Ordinal);
            foreach (var text in isJson ? JsonLines.Read(file).SelectMany(record => Texts(record.Value)) : JsonLines.ReadText(file).Split('\n', '\t')) heldOut.Add(text);
        }

        return heldOut;
    }

    public void Add(string text)
    {
        var words = TextCleaner.Normalized(text);
        var count = words.Count(' ') + 1;
        if (count >= WordsInARow) _rows.UnionWith(Rows(words));
        else if (count >= ShortestWhole) _wholes.Add(StableHash.Of(words));
    }

    public bool Touches(string text)
    {
        var words = TextCleaner.Normalized(text);
        return _wholes.Contains(StableHash.Of(words)) || Rows(words).Any(_rows.Contains);
    }

    private static IEnumerable<string> Texts(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.String => [node.GetString()!],
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => node.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };

    private static IEnumerable<ulong> Rows(string words)
    {
        var starts = new Queue<int>([0]);
        for (var i = 0; i <= words.Length; i++)
        {
            if (i < words.Length && words[i] != ' ') continue;
            if (starts.Count == WordsInARow) yield return StableHash.Of(words[starts.Dequeue()..i]);
            starts.Enqueue(i + 1);
        }
    }
}
