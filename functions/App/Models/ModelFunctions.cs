using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Models;

/// <summary>Versions of the model for the administrator: what there is, what serves, and the change to another one, back or forward.</summary>
public sealed class ModelFunctions(ModelStore store, ModelPointer currentModel, ModelSync sync, ServingChatClient client, CurrentUser user, ILogger<ModelFunctions> logger)
{
    [Function("ListModels")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var current = await currentModel.ReadAsync(cancellationToken);
        var versions = await store.ListAsync(cancellationToken);
        return Results.Json(
            new ModelsView(current.Version, client.Serving.Version, [.. versions.Select(ModelsView.Item.Of), ModelsView.Item.Shipped]), ReadableJson.Types.ModelsView);
    }

    [Function("ReadCurrentModel")]
    public async Task<IResult> ReadCurrentAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models/current")] HttpRequest http,
        CancellationToken cancellationToken) => View(await currentModel.ReadAsync(cancellationToken));

    [Function("SetCurrentModel")]
    public async Task<IResult> SetCurrentAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/models/current")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        try
        {
            var request = await JsonBody.ReadAsync(http, ReadableJson.Types.CurrentModelRequest, cancellationToken);
            if (string.IsNullOrEmpty(request.Version))
                return ErrorView.Result(StatusCodes.Status400BadRequest, "missing_version", "version is missing: one of GET /api/models.");
            if (request.Version != ServedVersion.Shipped && await store.FindAsync(request.Version, cancellationToken) is null)
                return ErrorView.Result(StatusCodes.Status404NotFound, "unknown_version", "There is no such version: GET /api/models lists them.");
            var by = user.Find(http) ?? "administrator";
            var current = await currentModel.ReadAsync(cancellationToken);
            if (current.Version != request.Version)
                current = await currentModel.ChangeAsync(Identifier.New(), request.Version, by, request.Reason ?? "", cancellationToken);
            logger.CurrentModelSet(current.Version);
            // This instance at once; the others with their next poll.
            await sync.SyncAsync(cancellationToken);
            return View(current);
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

    private IResult View(CurrentModel current)
    {
        var serving = client.Serving;
        return Results.Json(
            new CurrentModelView(current.Version, serving.Version, serving.Name, serving.Since, sync.Failure, current.History), ReadableJson.Types.CurrentModelView);
    }
}
