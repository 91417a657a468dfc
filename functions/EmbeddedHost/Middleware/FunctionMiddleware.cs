namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The app's middleware, in the order it was added.</summary>
internal sealed class FunctionMiddleware(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> steps)
{
    public FunctionExecutionDelegate Around(FunctionExecutionDelegate function) =>
        steps.Reverse().Aggregate(function, (next, step) => step(next));
}
