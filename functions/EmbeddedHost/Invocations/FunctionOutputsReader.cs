using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Reads and checks the output attributes of a method and of its result's properties.</summary>
internal static class FunctionOutputsReader
{
    public static FunctionOutputs Read(string function, MethodInfo method, TriggerBindingAttribute trigger)
    {
        var result = FunctionExecutor.ResultType(method.ReturnType);
        var whole = method.GetCustomAttribute<OutputBindingAttribute>();
        var properties = result.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => (Property: p, Output: p.GetCustomAttribute<OutputBindingAttribute>()))
            .Where(p => p.Output is not null)
            .ToList();

        if (properties.Select(p => p.Output).Append(whole).FirstOrDefault(o => o is not (null or QueueOutputAttribute or HttpResultAttribute)) is { } unknown)
            throw FunctionDiscovery.Bad(function, $"the output {unknown.GetType().Name} is not supported; write to that service in the function");
        if (whole is not null && result == typeof(void))
            throw FunctionDiscovery.Bad(function, "it has a [QueueOutput] but returns nothing to send");
        if (whole is not null && trigger is HttpTriggerAttribute)
            throw FunctionDiscovery.Bad(function, "an HTTP function's whole result is its response; put [QueueOutput] on a property of a result class, beside one with [HttpResult]");

        var http = properties.Where(p => p.Output is HttpResultAttribute).Select(p => p.Property).ToList();
        if (http.Count > 1)
            throw FunctionDiscovery.Bad(function, $"{result.Name} has {http.Count} properties with [HttpResult]; it needs one");
        if (http.Count == 0 && properties.Count > 0 && trigger is HttpTriggerAttribute)
            throw FunctionDiscovery.Bad(function, $"{result.Name} has a [QueueOutput] but no property with [HttpResult] for the response");
        return new FunctionOutputs(
            whole as QueueOutputAttribute,
            [.. properties.Where(p => p.Output is QueueOutputAttribute).Select(p => (p.Property, (QueueOutputAttribute)p.Output!))],
            http.SingleOrDefault());
    }
}
