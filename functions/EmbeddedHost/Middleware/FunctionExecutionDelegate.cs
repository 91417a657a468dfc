namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of the pipeline, down to the function itself.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
