using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Invocations;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Fills the parameters of queue functions: the message in the type asked for, its properties by name.</summary>
internal static class QueueParameters
{
    private static readonly string[] Properties = [.. BindingData(Empty(), BinaryData.Empty).Keys];

    public static ParameterSource? Of(ParameterInfo parameter, bool isTrigger)
    {
        var type = parameter.ParameterType;
        if (!isTrigger)
            return Properties.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase) ? ParameterSources.Named(parameter) : null;
        if (type == typeof(QueueMessage))
            return invocation => new(Message(invocation));
        if (type == typeof(BinaryData))
            return invocation => new(Message(invocation).Body);
        if (type == typeof(string))
            return invocation => new(Message(invocation).Body.ToString());
        if (type == typeof(byte[]))
            return invocation => new(Message(invocation).Body.ToArray());
        if (type.IsInterface || type.IsAbstract || type.IsPointer)
            return null;
        return invocation => new(JsonSerializer.Deserialize(Message(invocation).Body, type, JsonSerializerOptions.Web)
            ?? throw new JsonException($"The message is null, not a {type.Name}."));
    }

    public static Dictionary<string, object?> BindingData(QueueMessage message, BinaryData payload) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = payload.ToString(),
        ["Id"] = message.MessageId,
        ["PopReceipt"] = message.PopReceipt,
        ["DequeueCount"] = message.DequeueCount,
        ["InsertionTime"] = message.InsertedOn,
        ["ExpirationTime"] = message.ExpiresOn,
        ["NextVisibleTime"] = message.NextVisibleOn,
    };

    private static QueueMessage Message(Invocation invocation) => (QueueMessage)invocation.Trigger.Payload;

    private static QueueMessage Empty() => QueuesModelFactory.QueueMessage("", "", BinaryData.Empty, 0);
}
