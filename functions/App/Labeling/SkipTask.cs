using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Labeling.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>POST /api/labeling/tasks/{id}/skip: the labeler passes the task on, and says why.</summary>
public sealed class SkipTask(SubmissionDesk desk, LabelerRequests requests, TimeProvider time)
{
    [Function(nameof(SkipTask))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/labeling/tasks/{id}/skip")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        requests.AnswerAsync(http, async labeler =>
        {
            var body = await JsonBody.ReadAsync(http, AppJson.Default.SkipRequest, cancellationToken);
            var reason = body.Reason ?? throw ChatRequestReader.Bad("missing_reason", "reason is missing: say why you skip the task.");
            var decision = await desk.SkipAsync(id, labeler, reason, body.Comment, CancellationToken.None);
            return decision is { IsGranted: true }
                ? Results.Json(TaskStanding.Of(decision.Task, time.GetUtcNow()), ReadableJson.Types.TaskStanding)
                : Refusals.Result(decision);
        });
}
