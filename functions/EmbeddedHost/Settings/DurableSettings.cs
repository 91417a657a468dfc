namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>host.json, <c>extensions.durableTask</c>. Null where the runtime's own default holds.</summary>
internal sealed record DurableSettings
{
    public string? HubName { get; init; }

    public string? DefaultVersion { get; init; }

    public int? MaxConcurrentActivities { get; init; }

    public int? MaxConcurrentOrchestrators { get; init; }
}
