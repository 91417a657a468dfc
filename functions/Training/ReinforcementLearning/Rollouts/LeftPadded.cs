using ChatLoop.Core.Chat;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Rollouts;

/// <summary>Prompts side by side, ending together, as generation needs them. Positions count from each prompt's first token, so the logits are those of the prompt alone.</summary>
/// <param name="Ids">int64 (B, P)</param>
/// <param name="Positions">int64 (B, P); 0 on padding.</param>
/// <param name="Mask">Boolean (B, 1, P, P), true where a query may look: backwards, never at padding.</param>
/// <param name="Visible">Boolean (B, 1, 1, P + room): false on padding alone. A new token may look at its beginning, up to itself.</param>
/// <param name="Lengths">Tokens of each prompt, without padding.</param>
internal sealed record LeftPadded(Tensor Ids, Tensor Positions, Tensor Mask, Tensor Visible, IReadOnlyList<int> Lengths)
{
    /// <param name="prompts">Ids of each prompt; none may be empty.</param>
    /// <param name="room">Tokens that may follow.</param>
    public static LeftPadded Of(IReadOnlyList<IReadOnlyList<int>> prompts, int room, Device device)
    {
        var (rows, width) = (prompts.Count, prompts.Max(p => p.Count));
        var ids = new long[rows * width];
        var positions = new long[rows * width];
        var mask = new bool[rows * width * width];
        var visible = new bool[rows * (width + room)];
        Array.Fill(ids, SpecialTokens.PadId);
        Array.Fill(visible, true);
        for (var row = 0; row < rows; row++)
        {
            var padding = width - prompts[row].Count;
            visible.AsSpan(row * (width + room), padding).Clear();
            for (var i = 0; i < width; i++)
            {
                var query = mask.AsSpan((row * width + i) * width, width);
                query[i] = true; // padding looks at itself: a query that may look nowhere would be NaN
                if (i < padding) continue;
                (ids[row * width + i], positions[row * width + i]) = (prompts[row][i - padding], i - padding);
                query[padding..i].Fill(true);
            }
        }

        return new LeftPadded(
            tensor(ids, [rows, width], device: device), tensor(positions, [rows, width], device: device), tensor(mask, [rows, 1, width, width], device: device),
            tensor(visible, [rows, 1, 1, width + room], device: device), [.. prompts.Select(p => p.Count)]);
    }
}
