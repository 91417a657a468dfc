using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Where a function's result goes besides its caller.</summary>
/// <param name="WholeResult">The queue that the whole result is sent to, if any.</param>
/// <param name="Queues">Properties of the result that are sent to queues.</param>
/// <param name="HttpResult">The property that is the HTTP response; null when the whole result is.</param>
internal sealed record FunctionOutputs(
    QueueOutputAttribute? WholeResult,
    IReadOnlyList<(PropertyInfo Property, QueueOutputAttribute Queue)> Queues,
    PropertyInfo? HttpResult)
{
    public IEnumerable<(string Name, string Type)> Names =>
    [
        .. WholeResult is null ? Array.Empty<(string, string)>() : [("$return", "queue")],
        .. Queues.Select(q => (q.Property.Name, "queue")),
        .. HttpResult is null ? Array.Empty<(string, string)>() : [(HttpResult.Name, "http")],
    ];

    public IEnumerable<QueueOutputAttribute> All => Queues.Select(q => q.Queue).Concat(WholeResult is null ? [] : [WholeResult]);

    public IEnumerable<string?> Connections => All.Select(queue => queue.Connection);

    /// <summary>Every queue value of a result, nulls left out.</summary>
    public IEnumerable<(QueueOutputAttribute Queue, object Value)> ForQueues(object? result)
    {
        if (result is null)
            yield break;
        if (WholeResult is not null)
            yield return (WholeResult, result);
        foreach (var (property, queue) in Queues)
        {
            if (property.GetValue(result) is { } value)
                yield return (queue, value);
        }
    }

    public object? ForHttp(object? result) => HttpResult is null || result is null ? result : HttpResult.GetValue(result);
}
