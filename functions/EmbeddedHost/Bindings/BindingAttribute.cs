namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>The root of every trigger, input and output attribute.</summary>
public abstract class BindingAttribute : Attribute;
