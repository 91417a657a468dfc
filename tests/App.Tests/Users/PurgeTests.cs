using System.Text.Json.Nodes;
using ChatLoop.App.Chat;
using ChatLoop.App.Feedback;
using ChatLoop.App.Tests.Datasets;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Users;

[Collection(AzuriteTests.Name)]
public sealed class PurgeTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Everything_of_a_user_is_exported_and_nothing_of_another()
    {
        var loop = await LoopAsync();

        var (status, export) = await Loop.ExecuteAsync(new ExportUser(loop.World.User, loop.Kinds, TimeProvider.System).RunAsync(Loop.Request("ann"), default));

        Assert.Equal((200, "ann"), (status, (string?)export["userId"]));
        Assert.Equal("Is ice cold?", (string?)export["conversations"]![0]!["turns"]![0]!["question"]);
        Assert.Equal("of ann", (string?)export["judgements"]![0]!["message"]!["comment"]);
        Assert.Equal("of ann", (string?)export["journal"]!["feedback-0000.jsonl"]![0]!["comment"]);
        Assert.True((bool)export["consent"]!["allowDataUse"]!);
        Assert.Equal("of ann", (string?)export["failedMessages"]![0]!["message"]!["comment"]);
        Assert.DoesNotContain("bob", export.ToJsonString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_purge_deletes_everything_of_one_user_counts_again_and_says_so()
    {
        var loop = await LoopAsync();

        var report = await PurgeAsync(loop, "ann");

        Assert.Equal("completed", (string?)report["status"]);
        foreach (var kind in loop.Kinds)
        {
            Assert.Equal((1, 0), ((int)report["deleted"]![kind.Kind]!, (int)report["remaining"]![kind.Kind]!));
            Assert.Equal((0, 1), (await kind.CountAsync("ann", default), await kind.CountAsync("bob", default)));
        }

        Assert.Empty(await loop.World.Items.ListAsync("ann", default).ToListAsync());
        // Bob's conversation and key; of Ann's neither.
        Assert.Equal(2, loop.World.Blobs.Names.Count());
    }

    [SkippableFact]
    public async Task A_purge_names_the_data_set_versions_that_hold_prompts_of_the_user()
    {
        var loop = await LoopAsync();
        var data = new DatasetWorld(loop.Account);
        await data.SayAsync("ann", "Is fire hot?", FeedbackKind.Correction);
        var first = await data.Builder.BuildAsync(default);
        await data.SayAsync("bob", "Is water wet?", FeedbackKind.Correction);
        var second = await data.Builder.BuildAsync(default);

        var (ann, bob) = (await PurgeAsync(loop, "ann"), await PurgeAsync(loop, "bob"));

        Assert.Equal([first.Id, second.Id], ann["datasets"]!.AsArray().Select(id => (string?)id));
        Assert.Equal([second.Id], bob["datasets"]!.AsArray().Select(id => (string?)id));
        Assert.DoesNotContain("ann", $"{(await loop.Account.Container.GetBlobClient($"datasets/{first.Id}/users.txt").DownloadContentAsync()).Value.Content}", StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_purge_may_run_again()
    {
        var loop = await LoopAsync();
        await PurgeAsync(loop, "ann");

        var again = await PurgeAsync(loop, "ann");

        Assert.Equal("completed", (string?)again["status"]);
        Assert.All(again["deleted"]!.AsObject(), kind => Assert.Equal(0, (int)kind.Value!));
    }

    [SkippableFact]
    public async Task What_was_said_before_a_purge_and_is_delivered_after_it_is_not_kept()
    {
        var loop = await LoopAsync();
        var turn = await loop.AnsweredAsync("ann");
        await PurgeAsync(loop, "ann");

        await loop.CollectAsync(Loop.Message("ann", turn) with { Comment = "late", AllowDataUse = true });

        foreach (var kind in loop.Kinds)
            Assert.Equal(0, await kind.CountAsync("ann", default));
    }

    [SkippableFact]
    public async Task What_a_user_says_after_their_purge_is_kept_as_of_anybody()
    {
        var loop = await LoopAsync();
        await PurgeAsync(loop, "ann");

        await loop.CollectAsync(Loop.Message("ann", await loop.AnsweredAsync("ann")) with { At = DateTimeOffset.UtcNow.AddHours(1) });

        Assert.Equal(1, await loop.Store.CountAsync("ann", default));
    }

    [SkippableFact]
    public async Task A_turn_that_runs_while_its_conversation_is_purged_does_not_bring_it_back()
    {
        var loop = await LoopAsync();
        var (conversation, turnId) = await loop.World.AcceptAsync("And fire?", userId: "ann");
        await loop.World.Conversations.ChangeAsync(conversation.Id, stored => stored!.KeepDraft(turnId, new Draft("Hot.", "stop", null, 1)));
        await PurgeAsync(loop, "ann");
        var clean = new TextModeration(false, [], new Dictionary<string, double>());

        var ended = await loop.World.EndTurn()
            .RunAsync(new TurnEnd(conversation.Id, turnId, null, new TurnModeration(clean, clean)), default);
        await Assert.ThrowsAsync<App.Chat.Requests.ChatRequestException>(() => loop.World.AcceptAsync("More?", conversation.Id, userId: "ann"));

        Assert.Null(ended.NextTurnId);
        Assert.Null(await loop.World.Conversations.FindAsync(conversation.Id));
    }

    [Fact]
    public async Task A_purge_deletes_again_while_something_is_left_and_gives_up_in_the_end()
    {
        foreach (var (leftFor, rounds) in new[] { (1, 2), (100, PurgeUser.MostRounds) })
        {
            var counts = 0;
            var context = new OrchestrationContext(new PurgeOrder("purge", "ann", DateTimeOffset.UnixEpoch))
                .On<PurgeOrder>(nameof(BeginPurge), _ => true)
                .On<string>(nameof(CountUserData), _ => new Dictionary<string, int> { ["b"] = counts++ <= leftFor ? 1 : 0, ["a"] = 0 })
                .On<PurgeStep>(nameof(PurgeUserData), _ => true)
                .On<PurgeEnd>(nameof(EndPurge), _ => true);

            var run = PurgeUser.RunAsync(context);
            for (var round = 1; round <= PurgeUser.MostRounds && context.OpenTimers.Any(); round++)
                context.FireTimer();
            await run;

            Assert.Equal(rounds * 2, context.Calls.Count(call => call.Activity == nameof(PurgeUserData)));
            var end = Assert.IsType<PurgeEnd>(context.Calls[^1].Input);
            Assert.Equal((1, leftFor < 100 ? 0 : 1), (end.Found["b"], end.Remaining["b"]));
            Assert.Equal($"call {nameof(BeginPurge)}", context.Actions[0]);
        }
    }

    [SkippableFact]
    public async Task A_purge_whose_orchestration_is_lost_says_that_it_failed()
    {
        var loop = await LoopAsync();
        var functions = new PurgeFunctions(loop.World.User, loop.Purges, TimeProvider.System);
        loop.World.Durable.OnStart = _ => Task.FromResult(OrchestrationRuntimeStatus.Failed);

        var (_, receipt) = await Loop.ExecuteAsync(functions.DeleteAsync(Loop.Request("ann"), loop.World.Durable, default));
        var (_, report) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request("ann"), (string)receipt["purgeId"]!, loop.World.Durable, default));
        var (others, _) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request("bob"), (string)receipt["purgeId"]!, loop.World.Durable, default));

        Assert.Equal(("failed", 404), ((string?)report["status"], others));
    }

    /// <summary>One thing of each kind of Ann's, and of Bob's.</summary>
    private async Task<Loop> LoopAsync()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        foreach (var user in new[] { "ann", "bob" })
        {
            var (conversation, turnId) = await loop.World.AcceptAsync("Is ice cold?", key: "key", userId: user);
            await loop.World.EndAsync(conversation.Id, turnId);
            var message = Loop.Message(user, (conversation.Id, turnId)) with { Comment = $"of {user}", AllowDataUse = true };
            await loop.CollectAsync(message);
            await loop.CollectAsync(message with { TurnId = "none" });
        }

        return loop;
    }

    private static async Task<JsonNode> PurgeAsync(Loop loop, string user)
    {
        var functions = new PurgeFunctions(loop.World.User, loop.Purges, TimeProvider.System);
        loop.World.Durable.OnStart = async input =>
        {
            await PurgeUser.RunAsync(new OrchestrationContext(input!)
                .On<PurgeOrder>(nameof(BeginPurge), async order => await new BeginPurge(loop.Purges).RunAsync(order, default))
                .On<string>(nameof(CountUserData), async userId => await new CountUserData(loop.Kinds).RunAsync(userId, default))
                .On<PurgeStep>(nameof(PurgeUserData), async step => await new PurgeUserData(loop.Kinds).RunAsync(step, default))
                .On<PurgeEnd>(nameof(EndPurge), async end => await new EndPurge(loop.Purges, new DatasetWorld(loop.Account).OfUser, TimeProvider.System, NullLogger<EndPurge>.Instance).RunAsync(end, default)));
            return OrchestrationRuntimeStatus.Completed;
        };
        var (status, receipt) = await Loop.ExecuteAsync(functions.DeleteAsync(Loop.Request(user), loop.World.Durable, default));
        Assert.Equal((202, $"/api/users/me/purges/{receipt["purgeId"]}"), (status, (string?)receipt["statusUrl"]));
        return (await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request(user), (string)receipt["purgeId"]!, loop.World.Durable, default))).Body;
    }
}
