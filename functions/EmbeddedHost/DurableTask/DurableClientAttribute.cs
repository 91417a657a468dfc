namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a <see cref="Microsoft.DurableTask.Client.DurableTaskClient"/> parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : Extensions.Abstractions.InputBindingAttribute
{
    /// <summary>The task hub; the host's own by default, and the only one it has.</summary>
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}
