using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Labeling.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>GET /api/labeling/next leases the next task; GET /api/labeling/leases tells which ones the caller holds.</summary>
public sealed class NextTask(LabelingDesk desk, LabelerRequests requests)
{
    [Function(nameof(NextTask))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/labeling/next")] HttpRequest http, CancellationToken cancellationToken) =>
        requests.AnswerAsync(http, async labeler => await desk.NextAsync(labeler, cancellationToken) switch
        {
            null => Results.NoContent(),
            { IsGranted: true } lease => Results.Json(LeasedTask.Of(lease.Task, labeler), ReadableJson.Types.LeasedTask),
            var refused => Refusals.Result(refused),
        });

    [Function("HeldTasks")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/labeling/leases")] HttpRequest http, CancellationToken cancellationToken) =>
        requests.AnswerAsync(http, async labeler =>
        {
            var held = await desk.HeldAsync(labeler, cancellationToken);
            return Results.Json(new LeasedTasks([.. held.Select(task => LeasedTask.Of(task, labeler))]), ReadableJson.Types.LeasedTasks);
        });
}
