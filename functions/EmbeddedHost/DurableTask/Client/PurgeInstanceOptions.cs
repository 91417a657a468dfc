namespace Microsoft.DurableTask.Client;

/// <summary>How to purge.</summary>
/// <param name="Recursive">Sub-orchestrations too.</param>
public record PurgeInstanceOptions(bool Recursive = false);
