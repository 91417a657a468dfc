using ChatLoop.App.Chat.Requests;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.OpenAi;

/// <summary>A request that gets an error: the message says what is wrong, and what to do.</summary>
internal sealed class OpenAiException(int status, string type, string? param, string? code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Param { get; } = param;

    public string? Code { get; } = code;

    /// <summary>When it may go better; null where the same request never will.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static OpenAiException Bad(string? param, string? code, string message) => new(StatusCodes.Status400BadRequest, "invalid_request_error", param, code, message);

    public static OpenAiException Unsupported(string param, string message) => Bad(param, "unsupported_parameter", $"'{param}' is not supported: {message}");

    public static OpenAiException NoSuchModel(string model, string instead) => new(
        StatusCodes.Status404NotFound, "invalid_request_error", "model", "model_not_found", $"The model '{ChatRequestReader.Cut(model)}' does not exist; use {instead}.");

    public static OpenAiException BadKey(string code, string message) => new(StatusCodes.Status401Unauthorized, "invalid_request_error", null, code, message);

    public static OpenAiException Unavailable(string code, string message) => new(StatusCodes.Status503ServiceUnavailable, "server_error", null, code, message)
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static OpenAiException Internal(string requestId) => new(
        StatusCodes.Status500InternalServerError, "server_error", null, null, $"The server had an error while answering. Try again; the log knows this request as {requestId}.");

    /// <summary>The same refusal as /api/chat would give, in OpenAI's envelope.</summary>
    public static OpenAiException Of(ChatRequestException e) =>
        new(e.Status, e.Status < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "server_error", null, e.Code, e.Message) { RetryAfter = e.RetryAfter };
}
