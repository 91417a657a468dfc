using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>A function as found in the app: its method, its trigger, and where each argument comes from.</summary>
internal sealed class FunctionDescriptor(string name) : FunctionDefinition
{
    public required MethodInfo Method { get; init; }

    public required TriggerBindingAttribute Trigger { get; init; }

    public required ParameterInfo TriggerParameter { get; init; }

    /// <summary>One for each parameter, in order.</summary>
    public required IReadOnlyList<ParameterSource> Sources { get; init; }

    public required FunctionOutputs Outputs { get; init; }

    public RetryAttribute? Retry { get; init; }

    public override string Name { get; } = name;

    public override string Id => Name;

    public override string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    public override string PathToAssembly => Method.DeclaringType!.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters =>
        [.. Method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.DefaultValue))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings =>
        Method.GetParameters()
            .Select(p => (Parameter: p, Binding: p.GetCustomAttribute<BindingAttribute>()))
            .Where(b => b.Binding is not null)
            .ToImmutableDictionary(
                b => b.Parameter.Name!,
                b => (BindingMetadata)new FunctionBinding(b.Parameter.Name!, BindingNames.Of(b.Binding!), BindingDirection.In));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings =>
        Outputs.Names.ToImmutableDictionary(
            o => o.Name, o => (BindingMetadata)new FunctionBinding(o.Name, o.Type, BindingDirection.Out));
}
