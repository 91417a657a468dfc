using ChatLoop.Core.Chat;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>
/// Questions with their answers, padded on the right, and the grid (B, R) of the answers' tokens within them. Everything about response token
/// t is read at the position before it: the log-probability that drew it and the value of what it had to go on. The mask comes from lengths,
/// so an EOS counts as the answer's last token, and padding never does.
/// </summary>
/// <param name="Ids">int64 (B, T)</param>
/// <param name="Lengths">int64 (B): question and answer.</param>
/// <param name="Before">int64 (B, R): the position before each response token; padding points at a valid place.</param>
/// <param name="Targets">int64 (B, R): the response tokens.</param>
/// <param name="Mask">float32 (B, R): 1 on response tokens.</param>
internal sealed record Sequences(Tensor Ids, Tensor Lengths, Tensor Before, Tensor Targets, Tensor Mask)
{
    public int Count => (int)Ids.shape[0];

    /// <summary>int64 (B): tokens of each answer.</summary>
    public Tensor AnswerLengths => Mask.sum(1).to(ScalarType.Int64);

    /// <param name="rows">Ids of each question and of its answer; neither may be empty.</param>
    public static Sequences Of(IReadOnlyList<(IReadOnlyList<int> Question, IReadOnlyList<int> Answer)> rows, Device device)
    {
        var (length, longest) = (rows.Max(r => r.Question.Count + r.Answer.Count), rows.Max(r => r.Answer.Count));
        var ids = new long[rows.Count * length];
        var (before, targets, mask) = (new long[rows.Count * longest], new long[rows.Count * longest], new float[rows.Count * longest]);
        Array.Fill(ids, SpecialTokens.PadId);
        for (var row = 0; row < rows.Count; row++)
        {
            var (question, answer) = rows[row];
            for (var i = 0; i < question.Count; i++) ids[row * length + i] = question[i];
            for (var i = 0; i < answer.Count; i++)
            {
                ids[row * length + question.Count + i] = answer[i];
                (before[row * longest + i], targets[row * longest + i], mask[row * longest + i]) = (question.Count + i - 1, answer[i], 1);
            }
        }

        return new Sequences(
            tensor(ids, [rows.Count, length], device: device), tensor(rows.Select(r => (long)r.Question.Count + r.Answer.Count).ToArray(), device: device),
            Grid(before), Grid(targets), tensor(mask, [rows.Count, longest], device: device));

        Tensor Grid(long[] numbers) => tensor(numbers, [rows.Count, longest], device: device);
    }

    /// <summary>Some of the rows, in a given order.</summary>
    /// <param name="rows">int64 indices.</param>
    public Sequences Rows(Tensor rows) =>
        new(Ids.index_select(0, rows), Lengths.index_select(0, rows), Before.index_select(0, rows), Targets.index_select(0, rows), Mask.index_select(0, rows));

    /// <summary>Per-position vectors (B, T, C) at the places before the response tokens, (B, R, C).</summary>
    public Tensor AtAnswers(Tensor hidden) => hidden.gather(1, Before.unsqueeze(-1).expand(-1, -1, hidden.shape[2]));
}
