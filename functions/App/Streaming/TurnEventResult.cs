using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Streaming;

/// <summary>200 with a turn's events as they happen.</summary>
internal sealed class TurnEventResult(TurnEvents events, string conversationId, string turnId, long from, bool stopOnDisconnect) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => events.WriteAsync(httpContext, conversationId, turnId, from, stopOnDisconnect);
}
