using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>One run of a function, with its own scope of services until it is disposed.</summary>
internal sealed class Invocation : FunctionContext, IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationTokenSource _timeout;
    private readonly FunctionExecutionDelegate _pipeline;

    public Invocation(
        FunctionDescriptor function, TriggerEvent trigger, FunctionExecutionDelegate pipeline, AsyncServiceScope scope,
        TimeSpan timeout, TimeProvider time, CancellationToken hostStops, CancellationToken callerStops)
    {
        Function = function;
        Trigger = trigger;
        _pipeline = pipeline;
        _scope = scope;
        _timeout = timeout == Timeout.InfiniteTimeSpan ? new CancellationTokenSource() : new CancellationTokenSource(timeout, time);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, hostStops, callerStops);
        InstanceServices = scope.ServiceProvider;
        BindingContext = new InvocationBindings(trigger.BindingData);
        RetryContext = new InvocationRetries(trigger.Attempt, function.Retry?.MaxRetryCount ?? 0);
        TraceContext = InvocationTrace.Current();
    }

    public FunctionDescriptor Function { get; }

    public TriggerEvent Trigger { get; }

    /// <summary>What the function returned; middleware may have run around it.</summary>
    public object? Result { get; set; }

    public bool TimedOut => _timeout.IsCancellationRequested;

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => Function.Id;

    public override TraceContext TraceContext { get; }

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; }

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken => _cancellation.Token;

    public async Task<object?> RunAsync()
    {
        using var activity = InvocationTrace.Source.StartActivity(Function.Name, ActivityKind.Server, TraceContext.TraceParent);
        activity?.SetTag("faas.invocation_id", InvocationId);
        await _pipeline(this);
        return Result;
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        _cancellation.Dispose();
        _timeout.Dispose();
    }
}
