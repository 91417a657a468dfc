using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Sends the result (or the property) to a Storage queue: a text, bytes, an object as JSON, or an array of these.</summary>
/// <param name="queueName">The queue, or a <c>%setting%</c> that names it.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class QueueOutputAttribute(string queueName) : OutputBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The setting with the storage account's connection; <c>AzureWebJobsStorage</c> when null.</summary>
    public string? Connection { get; set; }
}
