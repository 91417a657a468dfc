using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.OpenAi;

/// <summary>Has the administrator's route make a key. On a host that asks for one, CHATLOOP_KEY holds a host or function key.</summary>
internal static class Key
{
    public static async Task<string> MakeAsync(HttpClient http, string user, int? requestsPerMinute = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/keys") { Content = JsonContent.Create(new { name = "end-to-end tests", user, requestsPerMinute }) };
        request.Headers.Add("x-functions-key", Environment.GetEnvironmentVariable("CHATLOOP_KEY") ?? "none");
        using var response = await http.SendAsync(request);
        var made = await response.Content.ReadFromJsonAsync<JsonNode>();
        return ChatApi.Text(made!, "key");
    }
}
