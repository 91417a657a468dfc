namespace ChatLoop.App.OpenAi;

/// <summary>Who makes a request under /v1.</summary>
/// <param name="limits">Of the caller's key; null where no key is wanted.</param>
internal sealed class Caller(string requestId, string? userId, CallerLimits? limits)
{
    public string RequestId => requestId;

    /// <summary>Whose conversations the request begins; null where nobody is named and no key is wanted.</summary>
    public string? UserId => userId;

    public static Caller Unlimited(string requestId, string? userId) => new(requestId, userId, null);

    /// <summary>Counts the request and sets tokens aside for it. Asked once; a second time it changes nothing.</summary>
    /// <exception cref="OpenAiException">One of the key's limits is reached.</exception>
    public Task AdmitAsync(long tokens, CancellationToken cancellationToken) => limits?.AdmitAsync(tokens, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Says how many tokens it took after all.</summary>
    public void Settle(long tokens) => limits?.Settle(tokens);
}
