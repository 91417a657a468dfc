using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>One user, labeler or administrator of the app: JSON in, JSON out, under a name.</summary>
internal sealed class Person : IDisposable
{
    private readonly HttpClient http;

    public Person(Uri address, string id)
    {
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-User-Id", id);
    }

    public HttpClient Http => http;

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return (response.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken = default) => DoneAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, object? body, CancellationToken cancellationToken = default) => DoneAsync(HttpMethod.Post, path, body ?? new { }, cancellationToken);

    /// <summary>Asks until the answer is as wanted: what goes over queues comes when it comes.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var body = await GetAsync(path, cancellationToken);
            if (isWanted(body))
                return body;
            try
            {
                await Task.Delay(250, cancellationToken);
            }
            catch (OperationCanceledException e)
            {
                throw new Xunit.Sdk.XunitException($"{path} never became what was wanted; at last: {body}", e);
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> DoneAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var (status, answer) = await SendAsync(method, path, body, cancellationToken);
        Assert.True((int)status is >= 200 and < 300 && answer is not null, $"{method} {path}: {(int)status} {answer}");
        return answer;
    }
}
