using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.OpenAi;

/// <summary>GET /v1/models and /v1/models/{id}: the model that serves is the one that can be asked.</summary>
public sealed class ServedModels(OpenAiDoor door, ServingChatClient client)
{
    [Function("OpenAiModels")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return door.AnswerAsync(http, async caller =>
        {
            await caller.AdmitAsync(0, cancellationToken);
            return Results.Json(new ModelList("list", [ModelItem.Of(client.Serving)]), OpenAiJson.Types.ModelList);
        }, cancellationToken);
    }

    [Function("OpenAiModel")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models/{model}")] HttpRequest http, string model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return door.AnswerAsync(http, async caller =>
        {
            await caller.AdmitAsync(0, cancellationToken);
            var serving = client.Serving;
            return model == serving.Name ? Results.Json(ModelItem.Of(serving), OpenAiJson.Types.ModelItem) : throw OpenAiException.NoSuchModel(model, $"'{serving.Name}'");
        }, cancellationToken);
    }
}
