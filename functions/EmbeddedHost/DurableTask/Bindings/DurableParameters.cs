using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.DurableTask.Bindings;

/// <summary>Fills the parameters of orchestrators and activities, and clients in any other function.</summary>
internal static class DurableParameters
{
    public static ParameterSource? OfOrchestrator(ParameterInfo parameter, bool isTrigger) =>
        isTrigger && parameter.ParameterType == typeof(TaskOrchestrationContext) ? invocation => new(invocation.Trigger.Payload) : null;

    public static ParameterSource? OfActivity(ParameterInfo parameter, bool isTrigger)
    {
        var type = parameter.ParameterType;
        if (!isTrigger)
            return string.Equals(parameter.Name, "instanceId", StringComparison.OrdinalIgnoreCase) ? ParameterSources.Named(parameter) : null;
        if (type == typeof(TaskActivityContext))
            return invocation => new(new ActivityContext((ActivityWork)invocation.Trigger.Payload));
        return invocation => new(invocation.InstanceServices.GetRequiredService<DataConverter>()
            .Deserialize(((ActivityWork)invocation.Trigger.Payload).Input, type));
    }

    public static ParameterSource? OfClient(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(DurableClientAttribute)) && parameter.ParameterType == typeof(DurableTaskClient)
            ? invocation => new(invocation.InstanceServices.GetRequiredService<DurableTaskClient>())
            : null;
}
