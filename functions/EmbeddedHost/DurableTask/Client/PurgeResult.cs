namespace Microsoft.DurableTask.Client;

/// <summary>How many instances were purged.</summary>
public class PurgeResult
{
    public PurgeResult(int count)
        : this(count, isComplete: null)
    {
    }

    public PurgeResult(int count, bool? isComplete)
    {
        (PurgedInstanceCount, IsComplete) = (count, isComplete);
    }

    public int PurgedInstanceCount { get; }

    public bool? IsComplete { get; }
}
