using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.DurableTask.Bindings;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Finds for each parameter of a function what fills it.</summary>
internal static class ParameterSources
{
    public static ParameterSource Of(string function, ParameterInfo parameter, TriggerBindingAttribute trigger, bool isTrigger)
    {
        if (parameter.ParameterType.IsByRef)
            throw FunctionDiscovery.Bad(function, $"parameter '{parameter.Name}' is ref, in or out, which cannot be filled");
        return (isTrigger ? null : Common(parameter, trigger)) ?? OfTrigger(parameter, trigger, isTrigger)
            ?? throw FunctionDiscovery.Bad(function,
                $"parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be filled by a {BindingNames.Of(trigger)} (see functions/EmbeddedHost/README.md for what can)");
    }

    /// <summary>A value of the binding data under the parameter's name, for any trigger.</summary>
    public static ParameterSource? Named(ParameterInfo parameter)
    {
        if (!TextValue.CanMake(parameter.ParameterType))
            return null;
        var isNullable = !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        return invocation =>
        {
            if (invocation.Trigger.BindingData.TryGetValue(parameter.Name!, out var value) && value is not null)
                return new(TextValue.Convert(value, parameter.ParameterType));
            if (parameter.HasDefaultValue)
                return new(parameter.DefaultValue);
            return isNullable ? new((object?)null) : throw new FormatException("it is missing.");
        };
    }

    private static ParameterSource? Common(ParameterInfo parameter, TriggerBindingAttribute trigger)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
            return invocation => new(invocation);
        if (parameter.ParameterType == typeof(CancellationToken))
            return invocation => new(invocation.CancellationToken);
        // An orchestrator with a client would act outside its history.
        return trigger is OrchestrationTriggerAttribute ? null : DurableParameters.OfClient(parameter);
    }

    private static ParameterSource? OfTrigger(ParameterInfo parameter, TriggerBindingAttribute trigger, bool isTrigger) => trigger switch
    {
        HttpTriggerAttribute => HttpParameters.Of(parameter, isTrigger),
        QueueTriggerAttribute => QueueParameters.Of(parameter, isTrigger),
        TimerTriggerAttribute when isTrigger => parameter.ParameterType == typeof(TimerInfo) ? invocation => new(invocation.Trigger.Payload) : null,
        OrchestrationTriggerAttribute => DurableParameters.OfOrchestrator(parameter, isTrigger),
        ActivityTriggerAttribute => DurableParameters.OfActivity(parameter, isTrigger),
        _ => null,
    };
}
