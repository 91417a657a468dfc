namespace ChatLoop.Inference;

/// <summary>Keys of `ChatOptions.AdditionalProperties` for how a request waits its turn; values are text.</summary>
public static class SchedulingProperties
{
    /// <summary>Who asks: callers take turns in the queue. Requests without it share one turn.</summary>
    public const string Caller = "caller";
}
