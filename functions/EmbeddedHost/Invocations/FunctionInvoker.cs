using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Starts invocations: a scope each, the app's middleware around the function.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, FunctionMiddleware middleware, HostJson hostJson, HostDrain drain, TimeProvider time)
{
    private readonly FunctionExecutionDelegate _pipeline = middleware.Around(context => FunctionExecutor.ExecuteAsync((Invocation)context));

    /// <summary>The caller runs it, uses its result while its scope lives, and disposes it.</summary>
    public Invocation Begin(FunctionDescriptor function, TriggerEvent trigger, CancellationToken cancellationToken) =>
        new(function, trigger, _pipeline, scopes.CreateAsyncScope(), hostJson.FunctionTimeout, time, drain.Token, cancellationToken);
}
