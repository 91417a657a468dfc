using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Instances;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>The app's orchestrators, by name, and how to run one.</summary>
internal sealed class Orchestrators(FunctionCatalog catalog, FunctionInvoker invoker, HostJson hostJson, DataConverter converter, ILoggerFactory loggers)
{
    private readonly NamedFunctions _functions = new(
        "orchestrator", catalog.With<OrchestrationTriggerAttribute>().Select(f => (f.Trigger.Orchestration ?? f.Function.Name, f.Function)));

    public async Task<ReplayResult> RunAsync(InstanceState live, Action<string> strayed)
    {
        if (!_functions.TryGet(live.Row.Name, out var function, out var unknown))
            return new ReplayResult([], null, new Outcome.Failed(unknown));

        Invocation? invocation = null;
        try
        {
            var replay = new OrchestrationReplay(hostJson.Durable.DefaultVersion ?? "", converter, loggers, strayed);
            return replay.Run(live.Row.Id, live.History, live.Row.Processed, context =>
            {
                invocation = invoker.BeginOrchestrator(function, new TriggerEvent(context, BindingData(live)));
                return RunAsync(invocation);
            });
        }
        finally
        {
            if (invocation is not null)
                await invocation.DisposeAsync();
        }
    }

    // It stays on the orchestrator's own thread, so not ConfigureAwait(false).
    private static async Task<object?> RunAsync(Invocation invocation)
    {
        await FunctionExecutor.ExecuteAsync(invocation);
        return invocation.Result;
    }

    private static Dictionary<string, object?> BindingData(InstanceState live) => new(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = live.Row.Id };
}
