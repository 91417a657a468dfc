using ChatLoop.App.Datasets;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement;

/// <summary>Looks once an hour whether a run is due: long enough after the last one, and with enough new comparisons. Off unless Improvement:Every is set.</summary>
public sealed class StartByTimer(
    ImprovementStarts starts, ImprovementRuns runs, DatasetBuilder datasets, ITrainingJob job, IOptions<ImprovementOptions> options, TimeProvider time, ILogger<StartByTimer> logger)
{
    [Function("StartImprovementByTimer")]
    public async Task RunAsync([TimerTrigger("0 41 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (options.Value.Every is not { } every)
            return;
        var before = await runs.ListAsync(cancellationToken);
        if (before.Count > 0 && time.GetUtcNow() - before[0].StartedAt < every)
            return;
        var known = before.FirstOrDefault(run => run.Dataset is not null)?.Dataset!.Comparisons ?? 0;
        var fresh = (await datasets.CountAsync(cancellationToken)).Comparisons - known;
        if (fresh < options.Value.LeastNewComparisons)
        {
            logger.TooFewComparisons(fresh, options.Value.LeastNewComparisons);
            return;
        }

        job.CheckSetup();
        await starts.StartAsync(client, Identifier.New(), "timer", $"{fresh} new comparisons", recipe: null, cancellationToken);
    }
}
