namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>The app's functions, by name.</summary>
internal sealed record FunctionCatalog(IReadOnlyList<FunctionDescriptor> Functions)
{
    public IEnumerable<(FunctionDescriptor Function, T Trigger)> With<T>() =>
        Functions.Where(f => f.Trigger is T).Select(f => (f, (T)(object)f.Trigger));
}
