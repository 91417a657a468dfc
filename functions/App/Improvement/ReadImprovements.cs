using ChatLoop.App.Chat.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Improvement;

/// <summary>GET of runs, of one, and of the trainer's report of it.</summary>
public sealed class ReadImprovements(ImprovementRuns runs, ImprovementStarts starts, ImprovementReports reports)
{
    [Function("ListImprovements")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/improvements")] HttpRequest http,
        CancellationToken cancellationToken) =>
        Results.Json(new RunsView([.. (await runs.ListAsync(cancellationToken)).Select(RunView.Of)]), ReadableJson.Types.RunsView);

    [Function("ReadImprovement")]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/improvements/{runId}")] HttpRequest http,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        await starts.FindAsync(client, runId, cancellationToken) is { } run ? Results.Json(RunView.Of(run), ReadableJson.Types.RunView) : NotFound();

    [Function("ReadImprovementReport")]
    public async Task<IResult> ReadReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/improvements/{runId}/report")] HttpRequest http,
        string runId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (await runs.FindAsync(runId, cancellationToken) is null || await reports.FindAsync(runId, cancellationToken) is not { } report)
            return NotFound();
        // It quotes what models wrote, and comes from the origin that holds the administrator's key.
        http.HttpContext.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        return Results.Bytes(report.ToArray(), "text/html; charset=utf-8");
    }

    private static IResult NotFound() => ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such improvement, or it has no report yet.");
}
