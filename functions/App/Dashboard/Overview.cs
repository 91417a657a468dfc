using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.Datasets;
using ChatLoop.App.Labeling;
using ChatLoop.App.RewardLabeling;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Dashboard;

/// <summary>Makes the overview's figures, and keeps them for some seconds: several administrators' pages ask every few.</summary>
public sealed class Overview(
    LabelingTaskStore tasks, RewardScores scores, QueueFigures queues, FeedbackFigures feedback, DatasetStore datasets,
    IOptions<LabelingOptions> labeling, IOptions<DashboardOptions> options, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private OverviewView? _made;

    internal async Task<OverviewView> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_made is null || time.GetUtcNow() - _made.At >= options.Value.KeepFor)
                _made = await MakeAsync(time.GetUtcNow(), cancellationToken);
            return _made;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<OverviewView> MakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = await tasks.AllAsync(cancellationToken).ToListAsync(cancellationToken);
        var opinions = await scores.OfTasksAsync(cancellationToken).ToListAsync(cancellationToken);
        return new OverviewView(
            TaskFigures.Counts(all, now),
            TaskFigures.ByKind(all),
            TaskFigures.Throughput(all, options.Value.Days),
            AgreementFigures.Of(all, opinions),
            await queues.ReadAsync(cancellationToken),
            [.. opinions.Where(opinion => opinion.TauB < labeling.Value.DisagreementTau).OrderBy(opinion => opinion.TauB).Take(options.Value.MostDisagreements).Select(opinion => new DisagreementView(opinion.TaskId, opinion.TauB!.Value))],
            await feedback.ReadAsync(cancellationToken),
            [.. (await datasets.ListAsync(cancellationToken)).Reverse()],
            now);
    }
}
