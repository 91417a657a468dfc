using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask;

/// <summary>Orchestrators or activities by the names that they are called by, in any case.</summary>
internal sealed class NamedFunctions
{
    private readonly string _kind;
    private readonly Dictionary<string, FunctionDescriptor> _functions = new(StringComparer.OrdinalIgnoreCase);

    public NamedFunctions(string kind, IEnumerable<(string Name, FunctionDescriptor Function)> functions)
    {
        _kind = kind;
        foreach (var (name, function) in functions)
        {
            if (!_functions.TryAdd(name, function))
                throw FunctionDiscovery.Bad(function.Name, $"the {kind} name '{name}' is also that of '{_functions[name].Name}'; give one another name");
        }
    }

    public int Count => _functions.Count;

    public bool TryGet(string name, [NotNullWhen(true)] out FunctionDescriptor? function, [NotNullWhen(false)] out Failure? unknown)
    {
        unknown = _functions.TryGetValue(name, out function) ? null : new Failure(
            typeof(InvalidOperationException).FullName!,
            $"There is no {_kind} '{name}'. The app has {(_functions.Count == 0 ? "none" : string.Join(", ", _functions.Keys.Order()))}.",
            IsFinal: true);
        return unknown is null;
    }
}
