namespace Microsoft.Azure.Functions.Worker.Invocations;

internal sealed class FunctionBinding(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name { get; } = name;

    public override string Type { get; } = type;

    public override BindingDirection Direction { get; } = direction;
}
