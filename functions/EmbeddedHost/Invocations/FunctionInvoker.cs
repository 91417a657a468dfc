using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Starts invocations: a scope each, the app's middleware around the function.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, FunctionMiddleware middleware, HostJson hostJson, HostDrain drain, TimeProvider time)
{
    private static readonly FunctionExecutionDelegate Bare = context => FunctionExecutor.ExecuteAsync((Invocation)context);

    private readonly FunctionExecutionDelegate _pipeline = middleware.Around(Bare);

    /// <summary>The caller runs it, uses its result while its scope lives, and disposes it.</summary>
    public Invocation Begin(FunctionDescriptor function, TriggerEvent trigger, CancellationToken cancellationToken) =>
        new(function, trigger, _pipeline, scopes.CreateAsyncScope(), hostJson.FunctionTimeout, time, drain.Token, cancellationToken);

    /// <summary>For one replay of an orchestrator: no middleware and no time-out, which would break it.</summary>
    public Invocation BeginOrchestrator(FunctionDescriptor function, TriggerEvent trigger) =>
        new(function, trigger, Bare, scopes.CreateAsyncScope(), Timeout.InfiniteTimeSpan, time, CancellationToken.None, CancellationToken.None);
}
