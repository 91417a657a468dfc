using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Finds the methods with <see cref="FunctionAttribute"/> and checks that each can run.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<FunctionDescriptor> Find(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(Declared))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .Select(found => Describe(found.Function!.Name, found.Method))
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();

        var twice = functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? functions
            : throw Bad(twice.Key, $"the name is used by {string.Join(" and ", twice.Select(f => f.EntryPoint))}; give each function its own");
    }

    public static HostStartException Bad(string function, string why) => new($"Function '{function}': {why}.");

    private static FunctionDescriptor Describe(string name, MethodInfo method)
    {
        if (!Name().IsMatch(name))
            throw Bad(name, "a name starts with a letter and holds up to 127 letters, digits, '_' and '-'");
        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
            throw Bad(name, $"{method.DeclaringType!.Name}.{method.Name} and its class must be public");
        if (method.ContainsGenericParameters)
            throw Bad(name, "a function and its class cannot be generic");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw Bad(name, "it is async void, so nobody could await it; return a Task");

        var parameters = method.GetParameters();
        var triggers = parameters.Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
            throw Bad(name, triggers.Count == 0 ? "no parameter has a trigger attribute" : $"it has {triggers.Count} triggers; a function has one");

        var trigger = triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!;
        if (method.GetCustomAttribute<RetryAttribute>() is not null && trigger is not TimerTriggerAttribute)
            throw Bad(name, $"retry attributes work on timers only, as on Azure; a {BindingNames.Of(trigger)} has its own retries");
        return new FunctionDescriptor(name)
        {
            Method = method,
            Trigger = trigger,
            TriggerParameter = triggers[0],
            Sources = [.. parameters.Select(p => ParameterSources.Of(name, p, trigger, isTrigger: p == triggers[0]))],
            Outputs = FunctionOutputsReader.Read(name, method, trigger),
            Retry = method.GetCustomAttribute<RetryAttribute>(),
        };
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex Name();
}
