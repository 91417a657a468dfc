using System.Globalization;
using ChatLoop.App.ApiKeys;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.OpenAi;

/// <summary>Holds one request to the limits of its key, and tells the client of them in OpenAI's headers.</summary>
internal sealed class CallerLimits(HttpResponse response, KeyUses uses, ApiKey key)
{
    private Admission? _admission;

    public async Task AdmitAsync(long tokens, CancellationToken cancellationToken)
    {
        if (_admission is not null)
            return;
        _admission = await uses.AdmitAsync(key, tokens, cancellationToken);
        WriteHeaders(_admission);
        if (_admission.Exceeded is { } exceeded)
            throw Refusal(_admission, exceeded, tokens);
    }

    public void Settle(long tokens)
    {
        if (_admission is { Exceeded: null } admission)
            uses.Settle(key.Id, admission, tokens);
    }

    private void WriteHeaders(Admission admission)
    {
        var headers = response.Headers;
        headers["x-ratelimit-limit-requests"] = Text(admission.Limits.RequestsPerMinute);
        headers["x-ratelimit-limit-tokens"] = Text(admission.Limits.TokensPerMinute);
        headers["x-ratelimit-remaining-requests"] = Text(admission.RemainingRequests);
        headers["x-ratelimit-remaining-tokens"] = Text(admission.RemainingTokens);
        headers["x-ratelimit-reset-requests"] = GoDuration.Of(admission.ResetRequests);
        headers["x-ratelimit-reset-tokens"] = GoDuration.Of(admission.ResetTokens);
    }

    private static OpenAiException Refusal(Admission admission, ExceededLimit exceeded, long tokens)
    {
        var limits = admission.Limits;
        var (type, limit, used) = exceeded switch
        {
            ExceededLimit.RequestsPerMinute => ("requests", $"{limits.RequestsPerMinute} requests a minute", admission.Use.Requests),
            ExceededLimit.TokensPerMinute => ("tokens", $"{limits.TokensPerMinute} tokens a minute", admission.Use.Tokens),
            _ => ("tokens", $"{limits.TokensPerDay} tokens a day", admission.Use.DayTokens),
        };
        var wanted = type == "tokens" ? $", {tokens} wanted (a smaller max_tokens wants fewer)" : "";
        return new OpenAiException(
            StatusCodes.Status429TooManyRequests, type, null, "rate_limit_exceeded", $"The key's limit of {limit} is reached: {used} used{wanted}. Try again in {GoDuration.Of(admission.RetryAfter)}.")
        {
            RetryAfter = admission.RetryAfter,
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
