using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Labeling.Views;
using ChatLoop.App.RewardLabeling;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>POST /api/labeling/tasks/{id}/submissions: what the labeler says of the task.</summary>
public sealed class SubmitTask(SubmissionDesk desk, LabelingTaskStore tasks, RewardScores rewards, LabelerRequests requests, TimeProvider time)
{
    [Function(nameof(SubmitTask))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/labeling/tasks/{id}/submissions")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        requests.AnswerAsync(http, async labeler =>
        {
            var body = await JsonBody.ReadAsync(http, AppJson.Default.SubmissionRequest, cancellationToken);
            if (await tasks.FindAsync(id, cancellationToken) is not { } task)
                return Refusals.Result(null);
            var order = AnswerOrder.Of(id, labeler, task.Answers.Count);
            // From here on a client that goes away stops nothing.
            var decision = await desk.SubmitAsync(id, Submission(body, labeler, order), CancellationToken.None);
            return decision is { IsGranted: true }
                ? Results.Json(new SubmissionView(true, TaskStanding.Of(decision.Task, time.GetUtcNow()), await RewardAsync(id, order, cancellationToken)), ReadableJson.Types.SubmissionView)
                : Refusals.Result(decision);
        });

    private Submission Submission(SubmissionRequest body, string labeler, AnswerOrder order) => new()
    {
        Id = body.Id ?? "",
        Labeler = labeler,
        SubmittedAt = time.GetUtcNow(),
        Ranks = order.Store(body.Ranks),
        Ratings = order.Store(body.Ratings),
        Text = body.Text,
        Categories = body.Categories,
        Comment = body.Comment,
    };

    private async Task<RewardView?> RewardAsync(string id, AnswerOrder order, CancellationToken cancellationToken) =>
        await rewards.OfServingModelAsync(id, cancellationToken) is { } scores ? new RewardView(scores.Model, order.Show(scores.Scores)) : null;
}
