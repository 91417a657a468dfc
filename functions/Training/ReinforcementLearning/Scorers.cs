using ChatLoop.Training.Cli;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The reward model and, where there is one, the judge of a run.</summary>
internal sealed class Scorers : IDisposable
{
    /// <exception cref="StageException">There is no reward model, or one of them reads other tokens.</exception>
    public Scorers(StageContext context, PreferenceOptions options, StartingPolicy start)
    {
        var (reward, judge) = Folders(context.Run, options);
        Reward = RewardModelScorer.Load(reward, start.TokenizerSha256, start.Policy.Device);
        if (options.Judge.Length > 0 || Directory.Exists(judge)) Judge = RewardModelScorer.Load(judge, start.TokenizerSha256, start.Policy.Device);
        context.Reporter.Line(Judge is null ? "  no judge: nothing will tell a better answer from a hacked reward" : $"  judged by {judge}, which training never sees");
    }

    public RewardModelScorer Reward { get; }

    public RewardModelScorer? Judge { get; }

    /// <summary>Where the two models are, or would be.</summary>
    public static (string Reward, string Judge) Folders(RunFolder run, PreferenceOptions options) =>
        (options.RewardModel.Length > 0 ? options.RewardModel : run.Reward, options.Judge.Length > 0 ? options.Judge : run.Judge);

    public void Dispose()
    {
        Reward.Dispose();
        Judge?.Dispose();
    }
}
