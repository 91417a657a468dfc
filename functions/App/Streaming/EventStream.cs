using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.App.Chat.Views;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatLoop.App.Streaming;

/// <summary>Writes server-sent events, each of them out at once.</summary>
internal sealed class EventStream(HttpResponse response, string turnId, CancellationToken cancellationToken)
{
    public Task OpenAsync()
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // For proxies like nginx, which buffer otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        return WriteAsync("retry: 1000\n\n");
    }

    public Task WriteAsync(TurnEvent happened) => happened.Kind switch
    {
        TurnEventKind.Queued => WriteAsync("queued", null, TurnViews.Of(happened.Conversation!, happened.Conversation!.ReadTurn(turnId)), ReadableJson.Types.TurnView),
        TurnEventKind.Moderated => WriteAsync("moderated", happened.Position, new DeltaView(null), ReadableJson.Types.DeltaView),
        TurnEventKind.Delta => WriteAsync("delta", happened.Position, new DeltaView(happened.Text), ReadableJson.Types.DeltaView),
        TurnEventKind.Replaced => WriteAsync("replaced", happened.Position, new ReplacedView(happened.Text, happened.Template), ReadableJson.Types.ReplacedView),
        TurnEventKind.Done => WriteAsync("done", happened.Position, TurnViews.Of(happened.Conversation!, happened.Conversation!.ReadTurn(turnId)), ReadableJson.Types.TurnView),
        _ => throw new InvalidOperationException($"There is no event for {happened.Kind}."),
    };

    public Task ErrorAsync(string code, string message) => WriteAsync("error", null, new ErrorView(new ErrorView.Detail(code, message)), ReadableJson.Types.ErrorView);

    public Task HeartbeatAsync() => WriteAsync(":\n\n");

    private Task WriteAsync<T>(string name, long? id, T data, JsonTypeInfo<T> type)
    {
        var text = new StringBuilder();
        if (id is not null)
            text.Append(CultureInfo.InvariantCulture, $"id: {id}\n");
        return WriteAsync(text.Append(CultureInfo.InvariantCulture, $"event: {name}\ndata: {JsonSerializer.Serialize(data, type)}\n\n").ToString());
    }

    private async Task WriteAsync(string text)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
