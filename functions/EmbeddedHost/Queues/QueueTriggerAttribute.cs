using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a Storage queue, at least once.</summary>
/// <param name="queueName">The queue, or a <c>%setting%</c> that names it.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The setting with the storage account's connection; <c>AzureWebJobsStorage</c> when null.</summary>
    public string? Connection { get; set; }
}
