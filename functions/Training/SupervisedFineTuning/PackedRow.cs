using ChatLoop.Core.Chat;
using ChatLoop.Training.Optimization;
using static TorchSharp.torch;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>Conversations side by side in one row, each with positions from 0 and attention to itself alone.</summary>
internal static class PackedRow
{
    /// <summary>Builds a batch whose rows hold the given conversations, padded at the end.</summary>
    /// <param name="length">T; the conversations of a row must fit.</param>
    public static Batch Pack(IReadOnlyList<IReadOnlyList<EncodedConversation>> rows, int length)
    {
        var ids = new long[rows.Count * length];
        var targets = new long[rows.Count * length];
        var weights = new float[rows.Count * length];
        var positions = new long[rows.Count * length];
        var mask = new bool[(long)rows.Count * length * length];
        Array.Fill(ids, SpecialTokens.PadId);
        for (var row = 0; row < rows.Count; row++)
        {
            var start = 0;
            foreach (var conversation in rows[row])
            {
                var count = conversation.Ids.Length;
                if (start + count > length) throw new ArgumentException($"Row {row} holds more than {length} tokens.", nameof(rows));
                for (var i = 0; i < count; i++)
                {
                    var at = row * length + start + i;
                    (ids[at], positions[at]) = (conversation.Ids[i], i);
                    if (i + 1 < count) (targets[at], weights[at]) = (conversation.Ids[i + 1], conversation.Learned[i + 1] ? 1 : 0);
                    mask.AsSpan((int)((long)at * length + start), i + 1).Fill(true);
                }

                start += count;
            }

            // Padding looks at itself: a query that may look nowhere would make the whole row NaN.
            for (var i = start; i < length; i++) mask[(long)(row * length + i) * length + i] = true;
        }

        long[] shape = [rows.Count, length];
        return new Batch(tensor(ids, shape), tensor(targets, shape), tensor(weights, shape), tensor(positions, shape), tensor(mask, [rows.Count, 1, length, length]));
    }
}
