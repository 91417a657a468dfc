using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Dashboard;

/// <summary>GET /api/admin/overview: how the loop stands.</summary>
public sealed class ReadOverview(Overview overview)
{
    [Function(nameof(ReadOverview))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/admin/overview")] HttpRequest http, CancellationToken cancellationToken) =>
        Results.Json(await overview.ReadAsync(cancellationToken), ReadableJson.Types.OverviewView);
}
