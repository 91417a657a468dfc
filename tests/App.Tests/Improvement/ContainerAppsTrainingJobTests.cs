using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using ChatLoop.App.Improvement;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Improvement;

[Collection(AzuriteTests.Name)]
public sealed class ContainerAppsTrainingJobTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManagementApi api = new();

    [SkippableFact]
    public async Task A_run_travels_to_the_job_and_its_model_comes_back()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var (job, run) = (Job(account), Run());

        Assert.Equal(TrainingState.Interrupted, (await job.StatusAsync(run, CancellationToken.None)).State);
        Assert.Equal(TrainingState.Running, (await job.StartAsync(run, CancellationToken.None)).State);
        Assert.Equal(TrainingState.Running, (await Job(account).StartAsync(run, CancellationToken.None)).State);

        var start = Assert.Single(api.Requests, request => request.Address.EndsWith("/start", StringComparison.Ordinal));
        var container = JsonNode.Parse(start.Body)!["containers"]![0]!;
        Assert.Equal("registry/trainer:7", container["image"]!.GetValue<string>());
        Assert.Equal(["KEPT", "CHATLOOP_CONTAINER", "CHATLOOP_RUN"], container["env"]!.AsArray().Select(variable => variable!["name"]!.GetValue<string>()));
        Assert.Equal("training/run", container["env"]![2]!["value"]!.GetValue<string>());
        Assert.Equal("Bearer token", start.Authorization);
        var recipe = JsonNode.Parse((await account.Container.GetBlobClient("training/run/in/recipe.json").DownloadContentAsync()).Value.Content)!;
        Assert.Equal(("data", "base"), (recipe["data"]!["folder"]!.GetValue<string>(), recipe["base"]!["model"]!.GetValue<string>()));
        Assert.True(await account.Container.GetBlobClient("training/run/in/data/pref-loop/pairs.jsonl").ExistsAsync());

        api.Status = "Succeeded";
        Assert.Equal(TrainingState.Succeeded, (await job.StatusAsync(run, CancellationToken.None)).State);
        foreach (var name in (string[])["improvement.json", "chat/onnx/model.onnx", "ppo/checkpoint"]) await account.Container.GetBlobClient($"training/run/out/{name}").UploadAsync(new BinaryData(name));
        await job.FetchAsync(run, CancellationToken.None);
        Assert.Equal("chat/onnx/model.onnx", await File.ReadAllTextAsync(Path.Combine(run.WorkFolder, "chat", "onnx", "model.onnx")));
        Assert.False(Directory.Exists(Path.Combine(run.WorkFolder, "ppo")));
    }

    [SkippableTheory]
    [InlineData("Failed", TrainingState.Failed)]
    [InlineData("Stopped", TrainingState.Interrupted)]
    [InlineData("Processing", TrainingState.Running)]
    [InlineData("Unknown", TrainingState.Running)]
    public async Task The_executions_status_is_the_trainings(string status, TrainingState state)
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var (job, run) = (Job(account), Run());
        await job.StartAsync(run, CancellationToken.None);
        api.Status = status;

        Assert.Equal(state, (await job.StatusAsync(run, CancellationToken.None)).State);
        await job.CancelAsync(run, CancellationToken.None);
        Assert.EndsWith("/executions/execution-1/stop", api.Requests[^1].Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_job_it_is_said_what_to_set_and_azures_refusal_is_passed_on()
    {
        var missing = Assert.Throws<TrainingSetupException>(() => Client(new ContainerAppsOptions()).CheckSetup());
        Assert.Contains("Improvement:ContainerApps", missing.Message, StringComparison.Ordinal);
        api.Answer = HttpStatusCode.Forbidden;

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Client().StatusAsync("execution-1", CancellationToken.None));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        folder.Dispose();
        api.Dispose();
    }

    private ContainerAppsTrainingJob Job(Account account) => new(account.Container, Client());

    private ContainerAppsClient Client(ContainerAppsOptions? options = null) => new(
        new HttpClient(api, disposeHandler: false), new Token(), Options.Create(options ?? new ContainerAppsOptions { SubscriptionId = "sub", ResourceGroup = "group", JobName = "trainer" }));

    private TrainingRun Run()
    {
        var run = new TrainingRun("run", folder.Path);
        Directory.CreateDirectory(Path.Combine(run.DataFolder, "pref-loop"));
        File.WriteAllText(Path.Combine(run.DataFolder, "pref-loop", "pairs.jsonl"), "{}");
        var model = Directory.CreateDirectory(Path.Combine(folder.Path, "model"));
        File.WriteAllText(Path.Combine(model.FullName, "config.json"), "{}");
        File.WriteAllText(run.RecipeFile, new JsonObject { ["data"] = new JsonObject { ["folder"] = run.DataFolder }, ["base"] = new JsonObject { ["model"] = model.FullName } }.ToJsonString());
        return run;
    }

    private sealed class Token : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Answers as the reference of Microsoft.App/jobs shows it.</summary>
    private sealed class ManagementApi : HttpMessageHandler
    {
        public List<(string Address, string? Authorization, string Body)> Requests { get; } = [];

        public string Status { get; set; } = "Running";

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Assert.StartsWith("/subscriptions/sub/resourceGroups/group/providers/Microsoft.App/jobs/trainer", path, StringComparison.Ordinal);
            Requests.Add((path, $"{request.Headers.Authorization}", request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var body = path.EndsWith("/start", StringComparison.Ordinal) ? """{ "id": "…", "name": "execution-1" }"""
                : path.EndsWith("/execution-1", StringComparison.Ordinal) ? $$"""{ "name": "execution-1", "properties": { "status": "{{Status}}" } }"""
                : path.EndsWith("/trainer", StringComparison.Ordinal) ? """{ "properties": { "template": { "containers": [{ "name": "trainer", "image": "registry/trainer:7", "env": [{ "name": "KEPT", "value": "1" }] }] } } }"""
                : "";
            return new HttpResponseMessage(Answer) { Content = new StringContent(body) };
        }
    }
}
