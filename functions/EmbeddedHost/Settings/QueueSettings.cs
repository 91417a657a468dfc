namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>host.json, <c>extensions.queues</c>.</summary>
internal sealed record QueueSettings
{
    /// <summary>Messages fetched at once, 1 to 32 (the service's own limit).</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is fetched when no more than this many messages are being processed.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>Attempts before a message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a failed message stays hidden before its next attempt.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether message texts are base64 of the payload (Azure's default) or the payload itself.</summary>
    public bool Base64 { get; init; } = true;
}
