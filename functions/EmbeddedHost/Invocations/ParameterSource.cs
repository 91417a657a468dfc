namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>Makes the value of one parameter for one invocation.</summary>
internal delegate ValueTask<object?> ParameterSource(Invocation invocation);
