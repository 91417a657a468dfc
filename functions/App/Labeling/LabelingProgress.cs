using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Labeling.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>GET /api/labeling/progress: what the caller has done, and how much is left.</summary>
public sealed class LabelingProgress(Labelers labelers, OpenTasks index, LabelerRequests requests, TimeProvider time)
{
    [Function(nameof(LabelingProgress))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/labeling/progress")] HttpRequest http, CancellationToken cancellationToken) =>
        requests.AnswerAsync(http, async labeler =>
        {
            var done = await labelers.DoneAsync(labeler, cancellationToken);
            var held = await labelers.HeldAsync(labeler, time.GetUtcNow(), cancellationToken);
            var view = new ProgressView(
                done.Values.Count(outcome => outcome == LabelingOutcome.Submitted),
                done.Values.Count(outcome => outcome == LabelingOutcome.Skipped),
                held.Count,
                await index.CountAsync(cancellationToken));
            return Results.Json(view, ReadableJson.Types.ProgressView);
        });
}
