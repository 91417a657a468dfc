using ChatLoop.Training.Cli;
using ChatLoop.Training.Rewards;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>A trained reward model as a scorer, in pieces that bound memory.</summary>
internal sealed class RewardModelScorer(RewardModel model) : IScorer, IDisposable
{
    private const int RowsAtOnce = 16;

    public RewardModel Model => model;

    /// <exception cref="StageException">The model is missing, damaged, or reads other tokens than the policy writes.</exception>
    public static RewardModelScorer Load(string folder, string tokenizerSha256, Device device)
    {
        var model = RewardModel.Load(folder, device);
        if (model.TokenizerSha256 == tokenizerSha256) return new RewardModelScorer(model);
        model.Dispose();
        throw new StageException($"The reward model in {folder} was trained with another tokenizer than the policy: run the stage `reward` again.");
    }

    public Tensor Score(Tensor ids, Tensor lengths)
    {
        using var noGrad = no_grad();
        var parts = new List<Tensor>();
        for (long start = 0; start < ids.shape[0]; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(RowsAtOnce, ids.shape[0] - start);
            parts.Add(model.Score(ids.narrow(0, start, rows), lengths.narrow(0, start, rows)).MoveToOuterDisposeScope());
        }

        return cat(parts);
    }

    public void Dispose() => model.Dispose();
}
