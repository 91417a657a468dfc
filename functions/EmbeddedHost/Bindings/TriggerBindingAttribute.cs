namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks the one parameter of a function whose arrival starts it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
