using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>One pass over whole sequences. Rollout, reference and update all go through here, so the first ratio is 1 but for rounding.</summary>
internal static class PolicyForward
{
    /// <summary>Log-probabilities of the response tokens and the entropies where they were drawn, both (B, R).</summary>
    public static (Tensor LogProbabilities, Tensor Entropy) Run(Llama model, Sequences sequences, double temperature) =>
        TokenProbabilities.Of(matmul(sequences.AtAnswers(model.Hidden(sequences.Ids)), model.Embedding.t()), sequences.Targets, temperature);
}
