namespace Microsoft.DurableTask.History;

/// <summary>A failure as the history keeps it.</summary>
/// <param name="IsFinal">Whether another attempt would fail the same way, as with a name that no function has.</param>
internal sealed record Failure(string Type, string Message, string? Trace = null, Failure? Inner = null, bool IsFinal = false)
{
    public static Failure Of(Exception exception) => Of(TaskFailureDetails.FromException(exception));

    public TaskFailureDetails ToDetails() => new(Type, Message, Trace, Inner?.ToDetails(), Properties: null);

    private static Failure Of(TaskFailureDetails details) =>
        new(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? Of(inner) : null);
}
