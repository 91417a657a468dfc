using System.Text.Json.Nodes;
using ChatLoop.App.Datasets;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.EmbeddedHost.Tests.Hosting;

namespace ChatLoop.App.Tests.Datasets;

[Collection(AzuriteTests.Name)]
public sealed class DatasetBuilderTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task What_people_said_becomes_a_version_that_the_trainer_reads()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var world = new DatasetWorld(account, new DatasetBuildOptions { HeldOutShare = 0 });
        await world.ConsentAsync("uma");
        await world.SayAsync("uma", "Is ice cold?", FeedbackKind.Preference);
        await world.SayAsync("uma", "Is fire hot?", FeedbackKind.Correction);
        await world.SayAsync("uma", "Is water wet?", FeedbackKind.ThumbUp);
        await world.SayAsync("nora", "Is snow white?", FeedbackKind.Preference);
        await world.LabelAsync(LabelingTaskKind.Rank, "What is a map?", null, DatasetWorld.Said("l1", ranks: [2, 1, 3]), DatasetWorld.Said("l2", ranks: [2, 1, 3], ratings: [new(4, 5, 6), new(7, 7, 7), new(1, 1, 1)]));
        await world.LabelAsync(LabelingTaskKind.Write, "Write a line.", "uma", DatasetWorld.Said("l1", text: "A line."), DatasetWorld.Said("erased-1", text: null));
        await world.LabelAsync(LabelingTaskKind.Flag, "Say something bad.", null, DatasetWorld.Said("l1", categories: []));
        await world.LabelAsync(LabelingTaskKind.Rank, "Nora's question?", "nora", DatasetWorld.Said("l1", ranks: [1, 2, 3]));

        var summary = await world.Builder.BuildAsync(CancellationToken.None);

        Assert.Equal((2, 2, 3, 2), (summary.Comparisons, summary.Demonstrations, summary.Ratings, summary.Users));
        using var folder = new TemporaryFolder();
        await world.Store.DownloadAsync(summary.Id, folder.Path, CancellationToken.None);
        var pair = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "pref-loop", "pairs.jsonl")))!;
        Assert.Equal("The better answer to: Is ice cold?", pair["chosen"]![0]!["content"]!.GetValue<string>());
        Assert.Equal("The worse answer to: Is ice cold?", pair["rejected"]![0]!["content"]!.GetValue<string>());
        var ranked = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "pref-loop", "ranked.jsonl")))!;
        Assert.Equal([2, 1, 3], ranked["answers"]!.AsArray().Select(answer => answer!["rank"]!.GetValue<int>()));
        Assert.True(File.Exists(Path.Combine(folder.Path, "data", "MANIFEST.tsv")));
        var manifest = JsonNode.Parse((await world.Store.FindManifestAsync(summary.Id, CancellationToken.None))!.ToString())!;
        Assert.Equal(2, manifest["leftOut"]!["withoutConsent"]!.GetValue<int>());
    }

    [SkippableFact]
    public async Task The_same_judgements_are_one_version_and_consent_withdrawn_makes_another()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var world = new DatasetWorld(account);
        var functions = new DatasetFunctions(world.Builder, world.Store);
        await world.ConsentAsync("uma");
        await world.SayAsync("uma", "Is ice cold?", FeedbackKind.Preference);
        await world.LabelAsync(LabelingTaskKind.Rank, "What is a map?", null, DatasetWorld.Said("l1", ranks: [2, 1, 3]));

        var (created, first) = await Loop.ExecuteAsync(functions.BuildAsync(Loop.Request(), CancellationToken.None));
        // Another instance, another moment.
        var again = await new DatasetWorld(account).Builder.BuildAsync(CancellationToken.None);
        await world.ConsentAsync("uma", allow: false, minute: 1);
        var without = await world.Builder.BuildAsync(CancellationToken.None);

        Assert.Equal(201, created);
        Assert.Equal(first["id"]!.GetValue<string>(), again.Id);
        Assert.NotEqual(again.Id, without.Id);
        Assert.Equal((2, 1), (again.Comparisons, without.Comparisons));
        var (_, list) = await Loop.ExecuteAsync(functions.ListAsync(Loop.Request(), CancellationToken.None));
        Assert.Equal([without.Id, again.Id], list["datasets"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
        var (found, manifest) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request(), again.Id, CancellationToken.None));
        Assert.Equal(200, found);
        Assert.NotNull(manifest["files"]);
        Assert.Equal(404, (await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request(), "../salt", CancellationToken.None))).Status);
    }

    [SkippableFact]
    public async Task The_salt_is_drawn_once_unless_the_settings_give_one()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);

        var drawn = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DatasetWorld(account).Salt.ReadAsync(CancellationToken.None)));

        Assert.Equal(64, Assert.Single(drawn.Distinct()).Length);
        Assert.Equal("ours", await new DatasetWorld(account, new DatasetBuildOptions { Salt = "ours" }).Salt.ReadAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_damaged_version_is_refused()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var world = new DatasetWorld(account, new DatasetBuildOptions { HeldOutShare = 0 });
        await world.LabelAsync(LabelingTaskKind.Rank, "What is a map?", null, DatasetWorld.Said("l1", ranks: [2, 1, 3]));
        var summary = await world.Builder.BuildAsync(CancellationToken.None);
        await account.Container.GetBlobClient($"datasets/{summary.Id}/data/pref-loop/ranked.jsonl").UploadAsync(new BinaryData("{}"), overwrite: true);
        using var folder = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => world.Store.DownloadAsync(summary.Id, folder.Path, CancellationToken.None));

        Assert.Contains("ranked.jsonl", failure.Message, StringComparison.Ordinal);
    }
}
