namespace ChatLoop.Inference.Rewards;

/// <summary>The reward model of this deployment, or that there is none.</summary>
/// <param name="scorer">Null where `Reward:ModelPath` is empty.</param>
public sealed class RewardModel(IRewardScorer? scorer) : IDisposable
{
    public IRewardScorer? Scorer => scorer;

    public void Dispose() => (scorer as IDisposable)?.Dispose();
}
