using ChatLoop.Training.Cli;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The reward model and, where there is one, the judge of a run.</summary>
internal sealed class Scorers : IDisposable
{
    /// <exception cref="StageException">There is no reward model, or one of them reads other tokens.</exception>
    public Scorers(StageContext context, PreferenceOptions options, StartingPolicy start)
    {
        var judge = options.Judge.Length > 0 ? options.Judge : Path.Combine(context.Run.Root, "judge");
        Reward = RewardModelScorer.Load(options.RewardModel.Length > 0 ? options.RewardModel : Path.Combine(context.Run.Root, "reward"), start.TokenizerSha256, start.Policy.Device);
        if (options.Judge.Length > 0 || Directory.Exists(judge)) Judge = RewardModelScorer.Load(judge, start.TokenizerSha256, start.Policy.Device);
        context.Reporter.Line(Judge is null ? "  no judge: nothing will tell a better answer from a hacked reward" : $"  judged by {judge}, which training never sees");
    }

    public RewardModelScorer Reward { get; }

    public RewardModelScorer? Judge { get; }

    public void Dispose()
    {
        Reward.Dispose();
        Judge?.Dispose();
    }
}
