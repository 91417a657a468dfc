using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Improvement;

/// <summary>POST /api/improvements: starts a run; 409 while another is under way.</summary>
public sealed class StartImprovement(ImprovementStarts starts, ITrainingJob job, TrainerFiles files, CurrentUser user)
{
    [Function(nameof(StartImprovement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/improvements")] HttpRequest http,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var request = http.ContentLength is 0 ? new ImprovementRequest(null, null) : await JsonBody.ReadAsync(http, ReadableJson.Types.ImprovementRequest, cancellationToken);
            if (request.Mistake() is { } mistake)
                return ErrorView.Result(StatusCodes.Status400BadRequest, "invalid_request", mistake);
            // Better said now than by a run that fails in its second stage.
            job.CheckSetup();
            _ = files.Recipe(request.Recipe);
            var runId = Identifier.New();
            var run = await starts.StartAsync(client, runId, user.Find(http) ?? "administrator", request.Reason, request.Recipe, cancellationToken);
            if (run.RunId != runId)
                return ErrorView.Result(StatusCodes.Status409Conflict, "improvement_running", $"The improvement {run.RunId} is under way: wait for its end.");
            var address = $"/api/improvements/{runId}";
            http.HttpContext.Response.Headers.Location = address;
            return Results.Json(new StartedView(runId, address), ReadableJson.Types.StartedView, statusCode: StatusCodes.Status202Accepted);
        }
        catch (TrainingSetupException e)
        {
            return ErrorView.Result(StatusCodes.Status409Conflict, "training_not_set_up", e.Message);
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
