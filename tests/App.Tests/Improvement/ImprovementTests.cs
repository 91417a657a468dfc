using System.Text.Json.Nodes;
using ChatLoop.App.Improvement;
using ChatLoop.App.Tests.Datasets;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.Improvement;

[Collection(AzuriteTests.Name)]
public sealed class ImprovementTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task What_people_said_becomes_the_model_that_serves_and_the_run_says_how()
    {
        using var world = await LabeledAsync();
        var runId = await StartAsync(world);

        var run = await world.CarryOutAsync(Approval.Approve);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal((run.ModelVersion, "better"), (world.Models.Client.Serving.Version, await world.Models.AnswerAsync()));
        var published = Assert.Single(await world.Models.Store.ListAsync(CancellationToken.None));
        Assert.Equal((runId, "shipped", run.Dataset!.Id), (published.Origin.RunId, published.Origin.BaseVersion, published.Origin.DatasetId));
        var recipe = JsonNode.Parse(world.Recipe!)!;
        Assert.Equal(world.Models.Client.ShippedFolder, recipe["base"]!["model"]!.GetValue<string>());
        Assert.True(File.Exists(Path.Combine(recipe["data"]!["folder"]!.GetValue<string>(), "MANIFEST.tsv")));
        Assert.Equal(0.1, recipe["data"]!["valShare"]!.GetValue<double>());
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models", "reward"), recipe["judge"]!["model"]!.GetValue<string>());
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models", "moderation"), recipe["eval"]!["moderation"]!.GetValue<string>());
        Assert.Equal($"improve-{runId[..8]}", recipe["export"]!["name"]!.GetValue<string>());

        var (status, view) = await Loop.ExecuteAsync(world.Read.ReadAsync(Loop.Request(), runId, world.Client, CancellationToken.None));
        Assert.Equal((200, "completed", "adam"), (status, view["status"]!.GetValue<string>(), view["approval"]!["by"]!.GetValue<string>()));
        Assert.Equal(run.Dataset.Id, view["dataset"]!.GetValue<string>());
        Assert.Equal(0.52, view["report"]!["winRate"]!["low"]!.GetValue<double>());
        Assert.All(view["stages"]!.AsArray(), stage => Assert.Equal("done", stage!["status"]!.GetValue<string>()));
        Assert.Equal(4, view["gates"]!.AsArray().Count(gate => gate!["passed"]!.GetValue<bool>()));
        Assert.Equal("<p>better</p>", $"{await world.Reports.FindAsync(runId, CancellationToken.None)}");
    }

    [SkippableFact]
    public async Task A_rejected_model_and_one_that_misses_a_gate_leave_the_old_one_serving()
    {
        using var world = await LabeledAsync();
        await StartAsync(world);
        var rejected = await world.CarryOutAsync(Approval.Reject);
        world.Client.Statuses[rejected.RunId] = OrchestrationRuntimeStatus.Completed;
        world.Result = GatesTests.Good with { Kl = 1_000, Moderation = null };
        await StartAsync(world);

        var held = await world.CarryOutAsync(null);

        Assert.Equal((RunStatus.Rejected, "adam rejected it. looked at it"), (rejected.Status, rejected.Message));
        Assert.Equal(RunStatus.Held, held.Status);
        Assert.Equal([Gates.Moderation, Gates.Kl], held.Gates.Where(gate => !gate.Passed).Select(gate => gate.Name));
        Assert.Equal(RunStage.Failed, held.Stages.Single(stage => stage.Name == RunStage.Gates).Status);
        Assert.Equal("shipped", await world.Models.AnswerAsync());
        Assert.Empty(await world.Models.Store.ListAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_model_that_does_not_serve_makes_way_for_the_one_before()
    {
        using var world = await LabeledAsync();
        world.Graph = "broken";
        world.Models.Broken.Add("broken");
        await StartAsync(world);

        var run = await world.CarryOutAsync(Approval.Approve);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("the graph gives no numbers", run.Message, StringComparison.Ordinal);
        Assert.Equal("shipped", (await world.Models.Current.ReadAsync(CancellationToken.None)).Version);
        Assert.Equal("shipped", await world.Models.AnswerAsync());
    }

    [SkippableFact]
    public async Task Without_judgements_there_is_nothing_to_learn_from()
    {
        using var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));
        await StartAsync(world);

        var run = await world.CarryOutAsync(null);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.StartsWith("There is nothing to learn from", run.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task There_is_one_run_at_a_time_and_the_same_one_is_started_once()
    {
        using var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => world.Starts.StartAsync(world.Client, $"{i}".PadLeft(32, '0'), "adam", null, null, CancellationToken.None)));

        var active = Assert.Single(world.Client.Statuses).Key;
        Assert.Contains(runs, run => run.RunId == active);
        var (status, body) = await Loop.ExecuteAsync(world.Start.RunAsync(Loop.Request("adam", "{}"), world.Client, CancellationToken.None));
        Assert.Equal((409, "improvement_running"), (status, body["error"]!["code"]!.GetValue<string>()));
        await world.Starts.StartAsync(world.Client, active, "adam", null, null, CancellationToken.None);
        Assert.Single(world.Client.Started);
    }

    [SkippableFact]
    public async Task A_run_whose_orchestration_is_gone_is_ended_and_makes_way_for_another()
    {
        using var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));
        var runId = await StartAsync(world);
        world.Client.Statuses[runId] = OrchestrationRuntimeStatus.Failed;
        world.Clock.Now += TimeSpan.FromMinutes(2);

        var next = await StartAsync(world);

        Assert.NotEqual(runId, next);
        Assert.Equal(RunStatus.Failed, (await world.Runs.ReadAsync(runId, CancellationToken.None)).Status);
    }

    [SkippableTheory]
    [InlineData("""{ "recipe": "../other" }""", 400)]
    [InlineData("""{ "recipe": "missing" }""", 409)]
    [InlineData("[]", 400)]
    public async Task A_start_that_cannot_work_is_refused(string body, int status)
    {
        using var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));

        Assert.Equal(status, (await Loop.ExecuteAsync(world.Start.RunAsync(Loop.Request("adam", body), world.Client, CancellationToken.None))).Status);
    }

    [SkippableFact]
    public async Task Only_what_waits_for_it_is_approved()
    {
        using var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));
        var runId = await StartAsync(world);

        Assert.Equal(409, await ApproveAsync("""{ "decision": "approve" }""", runId));
        Assert.Equal(400, await ApproveAsync("""{ "decision": "perhaps" }""", runId));
        Assert.Equal(404, await ApproveAsync("""{ "decision": "approve" }""", new string('0', 32)));
        Assert.Empty(world.Client.Raised);

        async Task<int> ApproveAsync(string body, string id) => (await Loop.ExecuteAsync(world.Approve.RunAsync(Loop.Request("adam", body), id, world.Client, CancellationToken.None))).Status;
    }

    private async Task<ImprovementWorld> LabeledAsync()
    {
        var world = new ImprovementWorld(await Account.CreateAsync(azurite.ConnectionString));
        await world.Datasets.LabelAsync(LabelingTaskKind.Rank, "What is a map?", null, DatasetWorld.Said("l1", ranks: [2, 1, 3]));
        return world;
    }

    private static async Task<string> StartAsync(ImprovementWorld world)
    {
        var (status, body) = await Loop.ExecuteAsync(world.Start.RunAsync(Loop.Request("adam", """{ "reason": "twelve tasks" }"""), world.Client, CancellationToken.None));
        Assert.True(status == 202, $"{status}: {body}");
        return body["runId"]!.GetValue<string>();
    }
}
