namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>On a method: where its result goes. On a property of the result: where that property goes.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public abstract class OutputBindingAttribute : BindingAttribute;
