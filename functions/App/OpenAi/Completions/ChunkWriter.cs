using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.App.OpenAi.Moderations;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Writes the events of a streamed completion, each of them out at once.</summary>
internal sealed class ChunkWriter(HttpResponse response, string id, DateTimeOffset created, string model, CancellationToken cancellationToken)
{
    private const string Object = "chat.completion.chunk";

    public async Task OpenAsync()
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "text/event-stream";
        // For proxies like nginx, which buffer otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        await response.Body.FlushAsync(cancellationToken);
    }

    public Task RoleAsync(int choice) => ChoiceAsync(new CompletionChunk.ChoicePart(choice, new CompletionChunk.Delta { Role = "assistant", Content = "" }, null, null));

    public Task TextAsync(int choice, string text) => ChoiceAsync(new CompletionChunk.ChoicePart(choice, new CompletionChunk.Delta { Content = text }, null, null));

    /// <param name="moderation">With the last choice that ends: a chunk of its own, without choices, is more than many clients expect.</param>
    public Task EndAsync(int choice, string conversationId, Turn turn, CompletionModeration? moderation)
    {
        var end = new CompletionChunk.ChoicePart(choice, new CompletionChunk.Delta(), null, CompletionViews.FinishReasonOf(turn.Reply!)) { Chatloop = new ChatCompletion.TurnName(conversationId, turn.Id) };
        return DataAsync(Chunk([end]) with { Moderation = moderation }, OpenAiJson.Types.CompletionChunk);
    }

    public Task UsageAsync(CompletionUsage usage) => DataAsync(Chunk([]) with { Usage = usage }, OpenAiJson.Types.CompletionChunk);

    public Task ErrorAsync(OpenAiException e) => DataAsync(ErrorEnvelope.Of(e), OpenAiJson.Types.ErrorEnvelope);

    public Task DoneAsync() => WriteAsync("data: [DONE]\n\n");

    public Task KeepAliveAsync() => WriteAsync(": keep-alive\n\n");

    private Task ChoiceAsync(CompletionChunk.ChoicePart choice) => DataAsync(Chunk([choice]), OpenAiJson.Types.CompletionChunk);

    private CompletionChunk Chunk(IReadOnlyList<CompletionChunk.ChoicePart> choices) => new(id, Object, created.ToUnixTimeSeconds(), model, choices);

    private Task DataAsync<T>(T data, JsonTypeInfo<T> type) => WriteAsync($"data: {JsonSerializer.Serialize(data, type)}\n\n");

    private async Task WriteAsync(string text)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
