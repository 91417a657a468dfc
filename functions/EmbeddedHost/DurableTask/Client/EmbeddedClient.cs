using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Instances;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Client;

/// <summary>The client of the instances in this process.</summary>
internal sealed class EmbeddedClient(DurableRuntime runtime, DataConverter converter, HostJson hostJson, TimeProvider time)
    : DurableTaskClient(hostJson.Durable.HubName ?? "")
{
    /// <summary>Statuses in which an instance of the same id is not replaced, where the caller does not say.</summary>
    private static readonly OrchestrationRuntimeStatus[] Unfinished =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    private InstanceEngine Engine => runtime.Engine;

    /// <exception cref="InvalidOperationException">An instance of this id exists, in a status in which it must not be replaced.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        ArgumentException.ThrowIfNullOrEmpty(id, nameof(options));
        var started = new ExecutionStarted(
            time.GetUtcNow().UtcDateTime, orchestratorName, options?.Version?.Version ?? hostJson.Durable.DefaultVersion ?? "", TurnServices.NewExecution(),
            converter.Serialize(input), Parent: null, options?.Tags, options?.StartAt?.UtcDateTime);
        return await PostAsync(id, new InstanceMessage.Start(started, Kept(options)), cancellation)
            ? id
            : throw new InvalidOperationException($"An orchestration with the instance id '{id}' exists: wait for its end, purge it, or choose another id.");
    }

    /// <summary>An event for an instance that does not exist or has finished is dropped, as on Azure.</summary>
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var payload = converter.Serialize(eventPayload);
        return PostAsync(instanceId, new InstanceMessage.Deliver(now => new EventRaised(now, eventName, payload)), cancellation);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.IsFinished, getInputsAndOutputs, cancellation);

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var output = converter.Serialize(options?.Output);
        return SteerAsync(instanceId, now => new ExecutionTerminated(now, output, options?.Recursive ?? false), cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, now => new ExecutionSuspended(now, reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, now => new ExecutionResumed(now, reason), cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Engine.Store.Reader.Find(instanceId) is { } row ? ToMetadata(row, getInputsAndOutputs) : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return new InstancePages(Engine.Store.Reader, query, row => ToMetadata(row, query.FetchInputsAndOutputs));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await PurgeAsync(instanceId, options?.Recursive ?? false, cancellation));

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var started = time.GetTimestamp();
        var purged = 0;
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, (filter.Statuses ?? Enum.GetValues<OrchestrationRuntimeStatus>()).Where(status => status.IsFinished()));
        if (!query.Statuses!.Any())
            return new PurgeResult(0, isComplete: true);
        await foreach (var instance in new InstancePages(Engine.Store.Reader, query, row => ToMetadata(row, withPayloads: false)).WithCancellation(cancellation))
        {
            if (filter.Timeout is { } most && time.GetElapsedTime(started) >= most)
                return new PurgeResult(purged, isComplete: false);
            purged += await PurgeAsync(instance.InstanceId, options?.Recursive ?? false, cancellation);
        }
        return new PurgeResult(purged, isComplete: true);
    }

    /// <summary>The host owns what it works on.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationRuntimeStatus[] Kept(StartOrchestrationOptions? options) => options?.DedupeStatuses is not { } names
        ? Unfinished
        : [.. names.Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
            ? status
            : throw new ArgumentException($"\"{name}\" is not a status: {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}.", nameof(options)))];

    private async Task<int> PurgeAsync(string id, bool recursive, CancellationToken cancellation)
    {
        var children = recursive ? Engine.Store.Reader.Children(id) : [];
        if (!await PostAsync(id, new InstanceMessage.Purge(), cancellation))
            return 0;
        var purged = 1;
        foreach (var child in children)
            purged += await PurgeAsync(child, recursive, cancellation);
        return purged;
    }

    private async Task SteerAsync(string id, Func<DateTime, HistoryEvent> make, CancellationToken cancellation)
    {
        // One that has finished stays as it is; one that never was is a mistake.
        if (!await PostAsync(id, new InstanceMessage.Deliver(make), cancellation) && Engine.Store.Reader.Find(id) is null)
            throw Missing(id);
    }

    private async Task<bool> PostAsync(string id, InstanceMessage message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        cancellation.ThrowIfCancellationRequested();
        Engine.Post(id, message);
        return await message.Taken.Task.WaitAsync(cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(string id, Func<InstanceRow, bool> isReached, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        while (true)
        {
            var changed = Engine.Signals.Next(id);
            var row = Engine.Store.Reader.Find(id) ?? throw Missing(id);
            if (isReached(row))
                return ToMetadata(row, withPayloads);
            await changed.WaitAsync(cancellation);
        }
    }

    private OrchestrationMetadata ToMetadata(InstanceRow row, bool withPayloads) => new(row.Name, row.Id)
    {
        DataConverter = withPayloads ? converter : null,
        RuntimeStatus = row.Status,
        CreatedAt = row.CreatedAt,
        LastUpdatedAt = row.UpdatedAt,
        SerializedInput = withPayloads ? row.Input : null,
        // Azure Storage gives the failure of an instance as its output; code that reads it there finds it here.
        SerializedOutput = withPayloads ? row.Output ?? converter.Serialize(row.Failure?.Message) : null,
        SerializedCustomStatus = withPayloads ? row.CustomStatus : null,
        Tags = row.Tags ?? new Dictionary<string, string>(),
        FailureDetails = row.Failure?.ToDetails(),
    };

    private static InvalidOperationException Missing(string id) => new($"There is no orchestration with the instance id '{id}'.");
}
