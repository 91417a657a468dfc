namespace ChatLoop.App.Chat;

/// <summary>
/// Keeps failures of activities short: their text is stored in the orchestration's history, and one over 64 KB can hang the
/// instance (azure-functions-durable-extension issue 502).
/// </summary>
internal static class ShortFailures
{
    public const int LongestText = 1024;

    public static async Task<T> RunAsync<T>(Func<Task<T>> activity)
    {
        try
        {
            return await activity();
        }
        catch (Exception e) when (TooLong(e))
        {
            var text = $"{e.GetType().FullName}: {e.Message}";
            throw new InvalidOperationException(text[..Math.Min(text.Length, LongestText)]);
        }
    }

    private static bool TooLong(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e.Message.Length > LongestText)
                return true;
        return false;
    }
}
