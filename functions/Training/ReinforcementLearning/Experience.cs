using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>A batch of answers and what was thought of them at the rollout; all of it fixed while the batch is learnt from.</summary>
/// <param name="Sequences">Questions with answers.</param>
/// <param name="LogProbabilities">(B, R), of the policy that answered.</param>
/// <param name="Values">(B, R), of the value network then.</param>
/// <param name="Advantages">(B, R), whitened over the batch.</param>
/// <param name="Returns">(B, R), of the unwhitened advantages.</param>
internal sealed record Experience(Sequences Sequences, Tensor LogProbabilities, Tensor Values, Tensor Advantages, Tensor Returns)
{
    /// <summary>Some of the rows, in a given order.</summary>
    public Experience Rows(Tensor rows) =>
        new(Sequences.Rows(rows), LogProbabilities.index_select(0, rows), Values.index_select(0, rows), Advantages.index_select(0, rows), Returns.index_select(0, rows));
}
