namespace ChatLoop.Inference;

/// <summary>As many requests as are allowed run and wait already; later there will be room.</summary>
public sealed class EngineBusyException : Exception
{
    public EngineBusyException()
    {
    }

    public EngineBusyException(string message)
        : base(message)
    {
    }

    public EngineBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EngineBusyException(EngineLoad load)
        : base($"{load?.Active} answers are being written and {load?.Waiting} requests wait, the most there may be. Try again in {load?.RetryAfter.TotalSeconds:F0} seconds.") =>
        RetryAfter = load!.RetryAfter;

    /// <summary>When there should be room again, as long as answers take at present.</summary>
    public TimeSpan RetryAfter { get; }
}
