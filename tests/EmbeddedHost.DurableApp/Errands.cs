using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace DurableApp;

/// <summary>An orchestration with some of everything that must survive a crash.</summary>
public static class Errands
{
    [Function(nameof(StartErrand))]
    public static async Task<IResult> StartErrand(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "errands/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunErrand), id, new StartOrchestrationOptions(id), request.HttpContext.RequestAborted);
        return Results.Accepted();
    }

    [Function(nameof(GetErrand))]
    public static async Task<IResult> GetErrand(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "errands/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted);
        return Results.Text($"{ended.RuntimeStatus} {ended.SerializedOutput}");
    }

    [Function(nameof(RunErrand))]
    public static async Task<string> RunErrand([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var id = context.GetInput<string>()!;
        var first = await context.CallActivityAsync<string>(nameof(Visit), $"{id}-1");
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        var others = await Task.WhenAll(
            context.CallActivityAsync<string>(nameof(Visit), $"{id}-2"),
            context.CallSubOrchestratorAsync<string>(nameof(RunSideErrand), $"{id}-3"));
        return string.Join(' ', [first, .. others]);
    }

    [Function(nameof(RunSideErrand))]
    public static async Task<string> RunSideErrand([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(nameof(Visit), context.GetInput<string>());

    [Function(nameof(Visit))]
    public static async Task<string> Visit([ActivityTrigger] string place, CancellationToken cancellationToken)
    {
        await Task.Delay(10, cancellationToken);
        return $"visited-{place}";
    }
}
