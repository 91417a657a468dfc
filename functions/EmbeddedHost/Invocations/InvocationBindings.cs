namespace Microsoft.Azure.Functions.Worker.Invocations;

internal sealed class InvocationBindings(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
}
