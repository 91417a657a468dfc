namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function: who runs, with what data, in which scope, until when.</summary>
public abstract class FunctionContext
{
    public abstract string InvocationId { get; }

    public abstract string FunctionId { get; }

    public abstract TraceContext TraceContext { get; }

    public abstract BindingContext BindingContext { get; }

    public abstract RetryContext RetryContext { get; }

    /// <summary>The invocation's own scope: disposed when it ends.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Shared by the middleware of one invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the client goes away, the function's time is up, or the host stops and does not wait any longer.</summary>
    public virtual CancellationToken CancellationToken => CancellationToken.None;
}
