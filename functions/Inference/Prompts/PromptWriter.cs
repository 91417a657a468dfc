using System.Text;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Tokenization;

namespace ChatLoop.Inference.Prompts;

/// <summary>Writes conversations as token ids in a model's format, and shortens them by whole turns.</summary>
internal sealed class PromptWriter
{
    private readonly PromptFormat _format;
    private readonly TextTokenizer _tokenizer;
    private readonly string[] _specials;

    /// <exception cref="ModelFolderException">The tokenizer lacks the token that ends an answer.</exception>
    public PromptWriter(PromptFormat format, TextTokenizer tokenizer, string folder)
    {
        (_format, _tokenizer) = (format, tokenizer);
        _specials = [.. tokenizer.AddedTokens.Keys.OrderByDescending(t => t.Length)];
        if (!tokenizer.AddedTokens.TryGetValue(format.End, out var end))
        {
            throw new ModelFolderException(folder, "tokenizer.json", $"the token {format.End}, which ends an answer in the {format.Name} format, is not among the added tokens.");
        }

        EndId = end.Id;
    }

    /// <summary>Ends the model's answer.</summary>
    public int EndId { get; }

    /// <summary>
    /// The prompt of a conversation, ready for the model's answer. While it takes more than <paramref name="limit"/> tokens,
    /// the oldest turn goes: a user's message with all that follows up to the next one. System messages and the last turn stay.
    /// </summary>
    /// <exception cref="PromptTooLongException">Even the shortest prompt is over the limit.</exception>
    public Prompt Write(IReadOnlyList<Turn> turns, int limit)
    {
        var starts = TurnStarts(turns);
        var droppable = Math.Max(0, starts.Count - 1);
        var whole = Encode(turns);
        if (whole.Length <= limit) return new Prompt(whole, 0);

        // The fewest turns to drop, by bisection: a prompt only shrinks as turns go.
        var shortest = Encode(Without(turns, starts, droppable));
        if (shortest.Length > limit) throw new PromptTooLongException(shortest.Length, limit);
        var (low, high, ids) = (1, droppable, shortest);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var tried = Encode(Without(turns, starts, middle));
            if (tried.Length <= limit) (high, ids) = (middle, tried);
            else low = middle + 1;
        }

        return new Prompt(ids, high);
    }

    // Where each turn begins: the first message that is not the system's, then every message of the user.
    private static List<int> TurnStarts(IReadOnlyList<Turn> turns)
    {
        var starts = new List<int>();
        for (var i = 0; i < turns.Count; i++)
        {
            if (turns[i].Role == Turn.User || (starts.Count == 0 && turns[i].Role == Turn.Assistant)) starts.Add(i);
        }

        return starts;
    }

    private static List<Turn> Without(IReadOnlyList<Turn> turns, List<int> starts, int dropped) =>
        [.. turns.Where((turn, i) => turn.Role == Turn.System || dropped == 0 || i >= starts[dropped])];

    private int[] Encode(IReadOnlyList<Turn> turns)
    {
        var ids = new List<int>();
        var text = new StringBuilder();
        Literal(_format.Begin);
        if (_format.DefaultSystem is { } system && turns is not [{ Role: Turn.System }, ..]) Message(new Turn(Turn.System, system));
        foreach (var turn in turns) Message(turn);
        Literal(_format.OpenFor(Turn.Assistant));
        Flush();
        return [.. ids];

        void Message(Turn turn)
        {
            Literal(_format.OpenFor(turn.Role));
            text.Append(_format.TrimsContent ? turn.Text.Trim() : turn.Text);
            Literal(_format.Close);
        }

        // The format's own words: special tokens by name, and plain text, which joins what people wrote beside it.
        void Literal(string literal)
        {
            for (var at = 0; at < literal.Length;)
            {
                if (Array.Find(_specials, s => string.CompareOrdinal(literal, at, s, 0, s.Length) == 0) is { } special)
                {
                    Flush();
                    ids.Add(_tokenizer.AddedTokens[special].Id);
                    at += special.Length;
                }
                else
                {
                    text.Append(literal[at++]);
                }
            }
        }

        void Flush()
        {
            _tokenizer.Encode(text.ToString(), ids);
            text.Clear();
        }
    }
}
