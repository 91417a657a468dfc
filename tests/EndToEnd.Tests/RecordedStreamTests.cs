using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatLoop.EndToEnd.Tests.OpenAi;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>A stream as it comes over the line, byte by byte: whatever a reader has at any moment is a text that moderation lets through.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class RecordedStreamTests(RunningApp app)
{
    [Theory]
    [InlineData("Tell me a long story about a dog and a boat.")]
    [InlineData("What is a volcano, and why does it erupt?")]
    [InlineData("Who are you, and what can you do for me?")]
    public async Task No_released_text_fails_moderation_afterwards(string question)
    {
        var bytes = await RecordAsync(question);

        var (shown, done) = Shown(bytes);
        Assert.NotEmpty(shown);
        Assert.All(await FlaggedAsync(shown), flagged => Assert.False(flagged));
        Assert.Equal(ChatApi.Text(done, "answer"), shown[^1]);
    }

    private async Task<byte[]> RecordAsync(string question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { message = question, stream = true, options = new { temperature = 0 } }) };
        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>What is on the screen after each event that changes it, and the turn of the last event.</summary>
    private static (List<string> Shown, JsonNode Done) Shown(byte[] recorded)
    {
        var shown = new List<string>();
        JsonNode? done = null;
        // Bytes that are no UTF-8 would be half a character.
        foreach (var lines in new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(recorded).Split("\n\n").Select(block => block.Split('\n')))
        {
            var name = lines.FirstOrDefault(line => line.StartsWith("event: ", StringComparison.Ordinal))?["event: ".Length..];
            if (name is null)
                continue;
            var data = JsonNode.Parse(lines.Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..])!;
            switch (name)
            {
                case "delta":
                    shown.Add((shown.LastOrDefault() ?? "") + ChatApi.Text(data, "text"));
                    break;
                case "replaced":
                    shown.Add(ChatApi.Text(data, "text"));
                    break;
                case "done":
                    done = data;
                    break;
            }
        }

        return (shown, done ?? throw new InvalidOperationException("The stream ended before its turn."));
    }

    private async Task<IEnumerable<bool>> FlaggedAsync(IReadOnlyList<string> texts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/moderations") { Content = JsonContent.Create(new { input = texts }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Key.MakeAsync(app.Http, "recorder"));
        using var response = await app.Http.SendAsync(request);
        var judged = await response.Content.ReadFromJsonAsync<JsonNode>();
        return judged!["results"]!.AsArray().Select(result => result!["flagged"]!.GetValue<bool>());
    }
}
