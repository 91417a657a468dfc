namespace Microsoft.DurableTask;

/// <summary>One page of results, and where the next one starts.</summary>
public sealed class Page<T>
    where T : notnull
{
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        (Values, ContinuationToken) = (values, continuationToken);
    }

    public IReadOnlyList<T> Values { get; }

    /// <summary>Null on the last page.</summary>
    public string? ContinuationToken { get; }
}
