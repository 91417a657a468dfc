namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the input of an activity.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Extensions.Abstractions.TriggerBindingAttribute
{
    /// <summary>The activity's name; the function's by default.</summary>
    public string? Activity { get; set; }
}
