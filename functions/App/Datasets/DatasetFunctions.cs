using ChatLoop.App.Chat.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Datasets;

/// <summary>Versions of the data set for the administrator.</summary>
public sealed class DatasetFunctions(DatasetBuilder builder, DatasetStore store)
{
    /// <summary>201 with the version of what has been said so far: a new one, or the one that holds just this.</summary>
    [Function("BuildDataset")]
    public async Task<IResult> BuildAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/datasets")] HttpRequest http,
        CancellationToken cancellationToken) =>
        Results.Json(await builder.BuildAsync(cancellationToken), ReadableJson.Types.DatasetSummary, statusCode: StatusCodes.Status201Created);

    [Function("ListDatasets")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/datasets")] HttpRequest http,
        CancellationToken cancellationToken) =>
        Results.Json(new DatasetsView(await store.ListAsync(cancellationToken)), ReadableJson.Types.DatasetsView);

    [Function("ReadDataset")]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/datasets/{id}")] HttpRequest http,
        string id,
        CancellationToken cancellationToken) =>
        await store.FindManifestAsync(id, cancellationToken) is { } manifest
            ? Results.Bytes(manifest.ToArray(), "application/json")
            : ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such data set: GET /api/datasets lists them.");
}
