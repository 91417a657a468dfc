namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger told beside its payload: route values, <c>DequeueCount</c>, <c>instanceId</c> …</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
