using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ChatLoop.App.Dashboard;
using ChatLoop.App.Datasets;
using ChatLoop.App.Labeling;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.Dashboard;

[Collection(AzuriteTests.Name)]
public sealed class OverviewTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task An_empty_deployment_has_an_overview()
    {
        using var overview = Overview(await WorldAsync());

        var view = await ReadAsync(overview);

        Assert.Equal("""{"open":0,"leased":0,"submitted":0,"closed":0}""", view["tasks"]!.ToJsonString());
        Assert.Equal("""{"rank":0,"rate":0,"write":0,"flag":0}""", view["byKind"]!.ToJsonString());
        Assert.Equal("""{"krippendorffAlpha":null,"pairwise":null,"ratings":{"helpful":null,"honest":null,"harmless":null},"modelVersusPeople":null,"labelers":[]}""", view["agreement"]!.ToJsonString());
        Assert.Equal(["feedback", "labeling-tasks", "reward-labeling", "improvements"], view["queues"]!.AsArray().Select(queue => (string)queue!["queue"]!));
        Assert.Empty(view["throughput"]!.AsArray());
        Assert.Empty(view["disagreements"]!.AsArray());
        Assert.Empty(view["datasets"]!.AsArray());
    }

    [SkippableFact]
    public async Task Everything_that_the_loop_holds_shows()
    {
        var world = await WorldAsync();
        var disputed = await world.OpenAsync(1, labelers: 1);
        await world.OpenAsync(2);
        await world.LabelAsync("ann");
        await world.Scores.KeepAsync(disputed.Id, "m", [0, 1, 2, 3], isLabel: false, default);
        await world.Scores.KeepTauAsync(disputed.Id, "m", -1, default);
        foreach (var (row, kind) in new[] { ("a", "ThumbUp"), ("b", "ThumbUp"), ("c", "Correction") })
            await world.Account.Tables.Judgements.AddEntityAsync(new TableEntity("p", row) { ["Kind"] = kind });
        await world.Account.Container.GetBlobClient("datasets/0123456789abcdef/manifest.json").UploadAsync(new BinaryData(
            """{ "id": "0123456789abcdef", "created": "2026-11-25T09:00:00Z", "users": 4, "files": { "train/pairs.jsonl": { "records": 3 }, "test/pairs.jsonl": { "records": 1 }, "train/ranked.jsonl": { "records": 5 }, "train/ratings.jsonl": { "records": 2 } } }"""));
        await world.Account.Container.GetBlobClient("datasets/unfinished/train/pairs.jsonl").UploadAsync(new BinaryData("{}"));
        await world.Failed.RecordAsync("labeling-tasks", "{}"u8.ToArray(), ["It is wrong."], 1, default);
        await world.Account.Queues.GetQueueClient("feedback").ClearMessagesAsync();
        await world.Account.Sender.SendAsync("feedback", "{}"u8.ToArray(), default);
        world.Clock.Now = DateTimeOffset.UtcNow.AddSeconds(60);
        using var overview = Overview(world);

        var view = await ReadAsync(overview);

        Assert.Equal("""{"open":1,"leased":0,"submitted":0,"closed":1}""", view["tasks"]!.ToJsonString());
        Assert.Equal("""[{"day":"2026-11-25","submissions":1,"labelers":1}]""", view["throughput"]!.ToJsonString());
        Assert.Equal($$"""[{"taskId":"{{disputed.Id}}","tau":-1}]""", view["disagreements"]!.ToJsonString());
        Assert.Equal(0, (double)view["agreement"]!["modelVersusPeople"]!);
        Assert.Equal("""{"thumbUp":2,"thumbDown":0,"preference":0,"correction":1}""", view["feedback"]!.ToJsonString());
        Assert.Equal("""[{"id":"0123456789abcdef","created":"2026-11-25T09:00:00+00:00","comparisons":9,"demonstrations":0,"ratings":2,"users":4}]""", view["datasets"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        var queues = view["queues"]!.AsArray();
        Assert.Equal((1, 1), ((int)queues[0]!["messages"]!, (int)queues[1]!["poison"]!));
        Assert.InRange((double)queues[0]!["oldestAgeSeconds"]!, 55, 3600);
    }

    [SkippableFact]
    public async Task Figures_are_kept_for_as_long_as_is_set()
    {
        var world = await WorldAsync();
        using var overview = Overview(world);
        await ReadAsync(overview);
        await world.OpenAsync();

        Assert.Equal(0, (int)(await ReadAsync(overview))["tasks"]!["open"]!);
        world.Clock.Now += new DashboardOptions().KeepFor;
        Assert.Equal(1, (int)(await ReadAsync(overview))["tasks"]!["open"]!);
    }

    private static Overview Overview(LabelingWorld world) => new(
        world.Tasks,
        world.Scores,
        new QueueFigures(world.Account.Queues, world.Failed, world.Clock),
        new FeedbackFigures(world.Account.Tables),
        new DatasetStore(world.Account.Container),
        Create(new LabelingOptions()),
        Create(new DashboardOptions()),
        world.Clock);

    private static async Task<JsonNode> ReadAsync(Overview overview) =>
        (await LabelingWorld.AnswerAsync(new ReadOverview(overview).RunAsync(LabelingWorld.Http(null), default))).Body!;

    private async Task<LabelingWorld> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
