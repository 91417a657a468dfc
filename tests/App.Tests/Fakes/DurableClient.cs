using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>Instances as a host's client shows them; an id that is running cannot be started again.</summary>
internal sealed class DurableClient() : DurableTaskClient("fake")
{
    public ConcurrentDictionary<string, OrchestrationRuntimeStatus> Statuses { get; } = [];

    public ConcurrentQueue<object?> Started { get; } = [];

    /// <summary>Plays the orchestration.</summary>
    public Func<object?, Task<OrchestrationRuntimeStatus>> OnStart { get; set; } = _ => Task.FromResult(OrchestrationRuntimeStatus.Running);

    public PurgeInstancesFilter? Purged { get; private set; }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = options!.InstanceId!;
        if (!Statuses.TryAdd(id, OrchestrationRuntimeStatus.Pending))
        {
            if (Statuses[id] is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running)
                throw new InvalidOperationException($"An instance with id {id} runs already.");
            Statuses[id] = OrchestrationRuntimeStatus.Pending;
        }

        Started.Enqueue(input);
        Statuses[id] = await OnStart(input);
        return id;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Statuses.TryGetValue(instanceId, out var status) ? new OrchestrationMetadata("orchestrator", instanceId) { RuntimeStatus = status } : null);

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Purged = filter;
        return Task.FromResult(new PurgeResult(3));
    }

    public List<(string Instance, string Event, object? Payload)> Raised { get; } = [];

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Raised.Add((instanceId, eventName, eventPayload));
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Tells of an instance's end; null, as on a host that cannot, fails.</summary>
    public TaskCompletionSource<OrchestrationMetadata>? Tells { get; set; }

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Tells?.Task.WaitAsync(cancellation) ?? Task.FromException<OrchestrationMetadata>(new NotSupportedException());

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
