using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.SupervisedFineTuning;
using Microsoft.ML.Tokenizers;
using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>A comparison with each answer, after its prompt, as ids from `&lt;|begin|&gt;` to the answer's `&lt;|end|&gt;`.</summary>
internal sealed record EncodedComparison(Comparison Comparison, ushort[][] Ids)
{
    /// <summary>Encodes a comparison; a prompt that is too long loses its first messages whole. Null where the last question and an answer do not fit.</summary>
    public static EncodedComparison? Of(Comparison comparison, Tokenizer tokenizer, int longest)
    {
        var ids = comparison.Answers.Select(a => Encode(a, tokenizer, longest)).ToArray();
        return ids.All(i => i is not null) ? new EncodedComparison(comparison, ids!) : null;
    }

    /// <summary>Rows of several comparisons one below the other: int64 (B, T), padded on the right, and their lengths (B).</summary>
    public static (Tensor Ids, Tensor Lengths) Pad(IReadOnlyList<EncodedComparison> comparisons)
    {
        var rows = comparisons.SelectMany(c => c.Ids).ToArray();
        var width = rows.Max(r => r.Length);
        var ids = new long[rows.Length * width];
        Array.Fill(ids, SpecialTokens.PadId);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var i = 0; i < rows[row].Length; i++) ids[row * width + i] = rows[row][i];
        }

        return (tensor(ids, [rows.Length, width]), tensor(rows.Select(r => (long)r.Length).ToArray()));
    }

    private static ushort[]? Encode(RankedAnswer answer, Tokenizer tokenizer, int longest)
    {
        for (var dropped = 0; dropped < answer.Prompt.Count; dropped++)
        {
            if (answer.Prompt[dropped].Role == ChatRole.Assistant) continue;
            Message[] messages = [.. answer.Prompt.Skip(dropped), new Message(ChatRole.Assistant, answer.Text)];
            var ids = EncodedConversation.Of(new Conversation("", messages), tokenizer, int.MaxValue)!.Ids;
            if (ids.Length <= longest) return ids;
        }

        return null;
    }
}
