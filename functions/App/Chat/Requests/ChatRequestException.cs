using ChatLoop.Inference;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Requests;

/// <summary>A request that is refused: the message says what is wrong with it, and what to do.</summary>
internal sealed class ChatRequestException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>When it may go better; null where the same request never will.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>As many questions wait for the model as may.</summary>
    public static ChatRequestException Busy(EngineLoad load) => new(
        StatusCodes.Status503ServiceUnavailable, "engine_busy", "Too many questions are being answered at once. Try again after the seconds that the header Retry-After says.")
    {
        RetryAfter = load.RetryAfter,
    };
}
