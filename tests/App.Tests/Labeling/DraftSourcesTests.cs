using ChatLoop.App.Models;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Tests.Models;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.Inference.Serving;

namespace ChatLoop.App.Tests.Labeling;

/// <summary>Models and temperatures mixed in one task.</summary>
[Collection(AzuriteTests.Name)]
public sealed class DraftSourcesTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Each_source_drafts_with_its_own_model_which_the_answer_names()
    {
        var world = new LabelingWorld(await Account.CreateAsync(azurite.ConnectionString));
        using var models = new ModelFolders(world.Account);
        var (older, newer) = (await models.PublishAsync("older"), await models.PublishAsync("newer"));

        await world.Prepare(models.Clients).RunAsync(Message(new DraftSource(older, 0.7), new DraftSource(), new DraftSource(newer)), default);

        var task = Assert.Single(await world.Tasks.AllAsync().ToListAsync());
        Assert.Equal([new("older", older), new("shipped", ServedVersion.Shipped), new TaskAnswer("newer", newer)], task.Answers);
        Assert.Equal(0.7f, models.Loaded.Single(loaded => loaded.Graph == "older").Model.Asked[^1].Options!.Temperature);
    }

    [SkippableFact]
    public async Task A_version_that_is_damaged_or_unknown_is_recorded_with_what_to_do()
    {
        var world = new LabelingWorld(await Account.CreateAsync(azurite.ConnectionString));
        using var models = new ModelFolders(world.Account);
        var damaged = await models.PublishAsync("older");
        await world.Account.Container.GetBlobClient($"{ModelStore.Folder}{damaged}/onnx/model.onnx").UploadAsync(new BinaryData("bitter"), overwrite: true);

        await world.Prepare(models.Clients).RunAsync(Message(new DraftSource(), new DraftSource(damaged)), default);
        await world.Prepare(models.Clients).RunAsync(Message(new DraftSource("0123456789abcdef")), default);

        Assert.Empty(await world.Tasks.AllAsync().ToListAsync());
        string[] reasons = [.. (await world.Failed.ListAsync(null, null, default).ToListAsync()).Select(message => Assert.Single(message.Reasons))];
        Assert.Single(reasons, reason => reason.Contains("onnx/model.onnx: damaged", StringComparison.Ordinal));
        Assert.Single(reasons, reason => reason.Contains("no version 0123456789abcdef", StringComparison.Ordinal));
        Assert.All(reasons, reason => Assert.EndsWith("requeue the message.", reason, StringComparison.Ordinal));
    }

    private static Azure.Storage.Queues.Models.QueueMessage Message(params DraftSource[] sources) => LabelingWorld.Message(new LabelingRequest
    {
        SchemaVersion = 1,
        Id = $"drafts of {sources[^1].Model}",
        SubmittedBy = "admin",
        Kind = LabelingTaskKind.Rank,
        Prompt = [new PromptMessage("user", "Is ice cold?")],
        Drafts = Math.Max(2, sources.Length),
        Sources = sources,
        Labelers = 2,
        At = new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero),
    });
}
