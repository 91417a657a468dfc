using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Says how good answers are: a reward model, or in tests a rule.</summary>
internal interface IScorer
{
    /// <summary>Scores (B) of question ⊕ answer, each cut after its EOS.</summary>
    /// <param name="ids">int64 (B, T), padded on the right.</param>
    /// <param name="lengths">int64 (B): tokens of each row, padding not counted.</param>
    Tensor Score(Tensor ids, Tensor lengths);
}
