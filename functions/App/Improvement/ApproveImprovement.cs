using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Improvement;

/// <summary>POST /api/improvements/{runId}/approval: a person's yes or no.</summary>
public sealed class ApproveImprovement(ImprovementRuns runs, CurrentUser user, TimeProvider time, ILogger<ApproveImprovement> logger)
{
    [Function(nameof(ApproveImprovement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/improvements/{runId}/approval")] HttpRequest http,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var request = await JsonBody.ReadAsync(http, ReadableJson.Types.ApprovalRequest, cancellationToken);
            if (request.Mistake() is { } mistake)
                return ErrorView.Result(StatusCodes.Status400BadRequest, "invalid_request", mistake);
            var run = await runs.FindAsync(runId, cancellationToken);
            if (run is null)
                return ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such improvement.");
            if (run.Status != RunStatus.AwaitingApproval)
                return ErrorView.Result(StatusCodes.Status409Conflict, "not_awaiting_approval", "The improvement does not wait for an approval.");
            var approval = new Approval(request.Decision!, user.Find(http) ?? "administrator", time.GetUtcNow(), request.Comment);
            await client.RaiseEventAsync(runId, nameof(Approval), approval, cancellationToken);
            logger.RunDecided(runId, approval.Decision);
            return Results.Json(new StartedView(runId, $"/api/improvements/{runId}"), ReadableJson.Types.StartedView, statusCode: StatusCodes.Status202Accepted);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
        catch (UserIdException e)
        {
            return ErrorView.Result(StatusCodes.Status401Unauthorized, "unknown_user", e.Message);
        }
    }
}
