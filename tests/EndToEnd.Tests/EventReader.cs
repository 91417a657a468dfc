using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>A client of a turn's server-sent events, and what it has before it.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private EventReader(HttpResponseMessage response, Stream body) => (this.response, lines) = (response, new StreamReader(body));

    public string ConversationId { get; private set; } = "";

    public string TurnId { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string? LastId { get; private set; }

    /// <summary>The turn as the last event shows it.</summary>
    public JsonNode? Done { get; private set; }

    public static Task<EventReader> AskAsync(HttpClient http, string message, CancellationToken cancellationToken) =>
        OpenAsync(http, new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { message, stream = true }) }, cancellationToken);

    /// <summary>Goes on where another got to.</summary>
    public static async Task<EventReader> FollowAsync(HttpClient http, EventReader before, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{before.ConversationId}/turns/{before.TurnId}/stream");
        request.Headers.Add("Last-Event-ID", before.LastId);
        var reader = await OpenAsync(http, request, cancellationToken);
        (reader.ConversationId, reader.TurnId, reader.Text, reader.LastId) = (before.ConversationId, before.TurnId, before.Text, before.LastId);
        return reader;
    }

    /// <returns>False where the stream has ended.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        string? name = null;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                Take(name!, JsonNode.Parse(line[6..])!);
            else if (line.Length == 0 && name is not null)
                return true;
        }

        return false;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }

    private static async Task<EventReader> OpenAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new EventReader(response, await response.Content.ReadAsStreamAsync(cancellationToken));
        }
    }

    private void Take(string name, JsonNode data)
    {
        switch (name)
        {
            case "queued":
                (ConversationId, TurnId) = (ChatApi.Text(data, "conversationId"), ChatApi.Text(data, "turnId"));
                break;
            case "delta":
                Text += ChatApi.Text(data, "text");
                break;
            case "replaced":
                Text = ChatApi.Text(data, "text");
                break;
            case "done":
                Done = data;
                break;
        }
    }
}
