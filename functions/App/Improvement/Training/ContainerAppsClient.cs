using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement.Training;

/// <summary>Starts, watches and stops executions of an Azure Container Apps job: Microsoft.App/jobs of Azure's management API.</summary>
public sealed class ContainerAppsClient(HttpClient http, TokenCredential credential, IOptions<ContainerAppsOptions> options)
{
    private const string ApiVersion = "2024-03-01";
    private static readonly string[] Scopes = ["https://management.azure.com/.default"];

    internal void CheckSetup()
    {
        if (options.Value is not { SubscriptionId.Length: > 0, ResourceGroup.Length: > 0, JobName.Length: > 0 })
            throw new TrainingSetupException("Training as a Container Apps job needs Improvement:ContainerApps:SubscriptionId, ResourceGroup and JobName.");
    }

    /// <summary>Starts the job as it is set up, with these variables in its first container's environment.</summary>
    /// <returns>The execution's name.</returns>
    internal async Task<string> StartAsync(IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        // A start names the containers whole: what it leaves out is not taken from the job.
        var template = (await SendAsync(HttpMethod.Get, "", null, cancellationToken))?["properties"]?["template"]?.DeepClone() as JsonObject
            ?? throw new TrainingSetupException($"The Container Apps job {options.Value.JobName} has no template.");
        if (template["containers"]?[0] is not JsonObject container)
            throw new TrainingSetupException($"The Container Apps job {options.Value.JobName} has no container.");
        if (container["env"] is not JsonArray environment)
            container["env"] = environment = [];
        foreach (var (name, value) in variables)
            environment.Add(new JsonObject { ["name"] = name, ["value"] = value });
        var body = new JsonObject { ["containers"] = template["containers"]!.DeepClone() };
        if (template["initContainers"] is JsonArray first)
            body["initContainers"] = first.DeepClone();
        var started = await SendAsync(HttpMethod.Post, "/start", body, cancellationToken);
        return started?["name"]?.GetValue<string>() ?? throw new HttpRequestException("The Container Apps job was started, but the answer does not name its execution.");
    }

    /// <returns>Running, Processing, Stopped, Degraded, Failed, Unknown or Succeeded.</returns>
    internal async Task<string> StatusAsync(string execution, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, $"/executions/{execution}", null, cancellationToken))?["properties"]?["status"]?.GetValue<string>() ?? "Unknown";

    internal Task StopAsync(string execution, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, $"/executions/{execution}/stop", null, cancellationToken);

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        CheckSetup();
        var job = $"/subscriptions/{options.Value.SubscriptionId}/resourceGroups/{options.Value.ResourceGroup}/providers/Microsoft.App/jobs/{options.Value.JobName}";
        using var request = new HttpRequestMessage(method, new Uri($"https://management.azure.com{job}{path}?api-version={ApiVersion}"));
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"Azure answered {(int)response.StatusCode} to {method} {job}{path}: {text[..Math.Min(text.Length, 500)]}", null, response.StatusCode);
        return text.Length > 0 ? JsonNode.Parse(text) : null;
    }
}
