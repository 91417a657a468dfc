using ChatLoop.App.Labeling;
using ChatLoop.App.Storage;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.RewardLabeling;

/// <summary>Where the reward model and people differ, more people look first: at the task itself while it has places, else at a follow-up.</summary>
public sealed class Disagreements(RewardScores scores, OpenTasks index, TaskOpening opening, IOptions<LabelingOptions> options, TimeProvider time, ILogger<Disagreements> logger)
{
    /// <summary>The most that a request may ask for too.</summary>
    private const int MostLabelers = 20;

    internal async Task CompareAsync(LabelingTask task, string model, IReadOnlyList<double> rewards, CancellationToken cancellationToken)
    {
        if (TauB(task, rewards) is not { } tau)
            return;
        await scores.KeepTauAsync(task.Id, model, tau, cancellationToken);
        if (tau >= options.Value.DisagreementTau)
            return;

        logger.Disagreement(task.Id, model, tau);
        if (task.StateAt(time.GetUtcNow()) != LabelingTaskState.Closed)
            await index.PutFirstAsync(task, cancellationToken);
        // A second round of people has the last word: the model is wrong, not they.
        else if (task.FollowUpOf is null)
            await opening.OpenAsync(FollowUp(task), first: true, cancellationToken);
    }

    /// <summary>Kendall's tau-b of people's consensus and the model; null where nobody ranked, or one side sees no difference.</summary>
    internal static double? TauB(LabelingTask task, IReadOnlyList<double> rewards)
    {
        Ranking[] rankings = [.. task.Submissions.Select(submission => submission.Ranks).OfType<IReadOnlyList<int>>().Select(ranks => Ranking.Of(ranks))];
        if (rankings.Length == 0)
            return null;
        // A low rank is good, a low reward is not.
        return KendallTau.Of([.. RankedPairs.Of(rankings).Ranking.Ranks.Select(rank => (double)-rank)], rewards).TauB;
    }

    private LabelingTask FollowUp(LabelingTask task) => task with
    {
        Id = Identifier.From($"follow-up of {task.Id}"),
        FollowUpOf = task.Id,
        Labelers = Math.Min(task.Labelers + options.Value.FollowUpLabelers, MostLabelers),
        Leases = [],
        Submissions = [],
        Skips = [],
        OpenedAt = time.GetUtcNow(),
    };
}
