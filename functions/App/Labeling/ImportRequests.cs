using Azure.Storage.Blobs;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Labeling;

/// <summary>POST /api/labeling/imports: takes the requests of a JSONL blob of the loop's container, read as it comes.</summary>
public sealed class ImportRequests([FromKeyedServices(StorageServices.Container)] BlobContainerClient container, RequestIntake intake)
{
    private const string Folder = "imports/";

    [Function(nameof(ImportRequests))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/labeling/imports")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var request = await JsonBody.ReadAsync(http, AppJson.Default.ImportRequest, cancellationToken);
            // Other folders of the container hold what people said.
            if (request.Blob is not { } name || !name.StartsWith(Folder, StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
                return ErrorView.Result(StatusCodes.Status400BadRequest, "invalid_blob", $"blob must name a blob below {Folder} of the container {container.Name}.");
            var blob = container.GetBlobClient(name);
            if (!await blob.ExistsAsync(cancellationToken))
                return ErrorView.Result(StatusCodes.Status404NotFound, "not_found", $"The container {container.Name} has no blob {name}.");
            await using var content = await blob.OpenReadAsync(cancellationToken: cancellationToken);
            var taken = await intake.TakeAsync(Lines.ReadAsync(content, QueueContract<LabelingRequest>.MostBytes, cancellationToken), cancellationToken);
            return Results.Json(taken, ReadableJson.Types.IntakeView, statusCode: StatusCodes.Status202Accepted);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
    }
}
