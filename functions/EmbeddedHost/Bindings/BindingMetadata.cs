namespace Microsoft.Azure.Functions.Worker;

/// <summary>One binding of a function as the host knows it: <c>httpTrigger</c>, <c>queueTrigger</c>, <c>queue</c> …</summary>
public abstract class BindingMetadata
{
    public abstract string Name { get; }

    public abstract string Type { get; }

    public abstract BindingDirection Direction { get; }
}
