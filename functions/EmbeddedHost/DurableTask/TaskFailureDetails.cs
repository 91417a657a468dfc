namespace Microsoft.DurableTask;

/// <summary>A failure as it is stored: type, message, stack trace and cause as text.</summary>
public record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    // An exception text of any length would be carried through every replay.
    private const int LongestText = 8 * 1024;

    /// <summary>Causes of causes that are kept.</summary>
    private const int DeepestCause = 4;

    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the failure is of this exception type or one derived from it.</summary>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType, throwOnError: false)).FirstOrDefault(found => found is not null);
        return type is not null ? targetBaseExceptionType.IsAssignableFrom(type) : ErrorType == targetBaseExceptionType.FullName;
    }

    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FromException(exception, depth: 0);
    }

    private static TaskFailureDetails FromException(Exception exception, int depth) => new(
        exception.GetType().FullName!, Cut(exception.Message), exception.StackTrace is { } trace ? Cut(trace) : null,
        depth == DeepestCause ? null : Cause(exception, depth + 1), Properties: null);

    private static TaskFailureDetails? Cause(Exception exception, int depth) => exception switch
    {
        TaskFailedException task => task.FailureDetails,
        { InnerException: { } inner } => FromException(inner, depth),
        _ => null,
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
