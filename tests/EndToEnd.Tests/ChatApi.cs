using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>The chat API as a client sees it: JSON in, JSON out.</summary>
internal static class ChatApi
{
    public static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(
        HttpClient http, object body, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!);
    }

    /// <summary>Asks, follows a 202 to its status address, and returns the finished turn.</summary>
    public static async Task<JsonNode> AskAsync(
        HttpClient http, object body, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var (status, reply) = await PostAsync(http, body, idempotencyKey, cancellationToken);
        if (status == HttpStatusCode.Accepted)
            return await FinishedTurnAsync(http, Text(reply, "conversationId"), Text(reply, "turnId"), cancellationToken);
        Assert.True(status == HttpStatusCode.OK, $"{(int)status}: {reply}");
        return reply;
    }

    public static async Task<JsonNode> FinishedTurnAsync(
        HttpClient http, string conversationId, string turnId, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            using var response = await http.GetAsync($"/api/chat/{conversationId}/turns/{turnId}", patience.Token);
            var turn = (await response.Content.ReadFromJsonAsync<JsonNode>(patience.Token))!;
            if (response.StatusCode == HttpStatusCode.OK && turn["answer"] is not null)
                return turn;
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{(int)response.StatusCode}: {turn}");
            await Task.Delay(100, patience.Token);
        }
    }

    public static async Task<JsonNode> ConversationAsync(HttpClient http, string conversationId)
    {
        using var response = await http.GetAsync($"/api/chat/{conversationId}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public static string Text(JsonNode node, string name) =>
        node[name]?.GetValue<string>() ?? throw new Xunit.Sdk.XunitException($"'{name}' is missing in {node}");
}
