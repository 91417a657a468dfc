using ChatLoop.App.Labeling;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Labeling;

/// <summary>A crash at any request to the storage, before or after it was served, is made good by doing the same again.</summary>
[Collection(AzuriteTests.Name)]
public sealed class CrashTests(AzuriteFixture azurite)
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_task_is_prepared_once(bool afterServing) => AtEachRequestAsync(afterServing, fewest: 7, async (world, user, attemptAsync) =>
    {
        var request = new LabelingRequest
        {
            SchemaVersion = 1, Id = "q1", SubmittedBy = "admin", OwnerId = user, Kind = LabelingTaskKind.Rank, Labelers = 1, Answers = ["a", "b"], At = world.Clock.Now,
            Prompt = [new PromptMessage("user", "Is ice cold?")],
        };
        var prepare = world.Prepare(new ChatModel("unused"));

        await attemptAsync(() => prepare.RunAsync(LabelingWorld.Message(request), default));

        var task = Assert.Single(await world.Tasks.AllAsync().ToListAsync());
        Assert.Equal(1, await world.OpenRowsAsync());
        Assert.Equal([("task", task.Id)], await world.Items.ListAsync(user, default).ToListAsync());
    });

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_place_is_leased_once_and_known_to_both_sides(bool afterServing) => AtEachRequestAsync(afterServing, fewest: 7, async (world, user, attemptAsync) =>
    {
        var task = await world.OpenAsync(labelers: 2);

        await attemptAsync(async () =>
        {
            // As the page does: first what is held, then the next.
            if ((await world.Desk.HeldAsync(user, default)).Count == 0)
                await world.NextAsync(user);
        });

        Assert.Equal(user, Assert.Single((await world.Tasks.FindAsync(task.Id))!.Leases).Labeler);
        Assert.Equal(task.Id, Assert.Single(await world.Labelers.HeldAsync(user, world.Clock.Now, default)).TaskId);
    });

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_submission_counts_once_and_closes_its_task(bool afterServing) => AtEachRequestAsync(afterServing, fewest: 8, async (world, user, attemptAsync) =>
    {
        var task = await world.OpenAsync(labelers: 1);
        await world.NextAsync(user);

        await attemptAsync(() => world.SubmitAsync(task.Id, user));

        Assert.Equal(user, Assert.Single((await world.Tasks.FindAsync(task.Id))!.Submissions).Labeler);
        Assert.Equal(0, await world.OpenRowsAsync());
        Assert.Empty(await world.Labelers.HeldAsync(user, world.Clock.Now, default));
        Assert.Equal([(task.Id, LabelingOutcome.Submitted)], (await world.Labelers.DoneAsync(user, default)).Select(done => (done.Key, done.Value)));
        var said = (await world.Account.Journal.ReadAsync(user, "submissions-0000.jsonl", default)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(said.Distinct());
    });

    private async Task AtEachRequestAsync(bool afterServing, int fewest, Func<LabelingWorld, string, Func<Func<Task>, Task>, Task> actAsync)
    {
        var crash = new Crash();
        var world = new LabelingWorld(await Account.CreateAsync(azurite.ConnectionString, crash));
        var requests = 0;
        for (var crashed = true; crashed; requests++)
        {
            await actAsync(world, $"user-{requests}", async attemptAsync =>
            {
                crash.Arm(requests, afterServing);
                crashed = await Record.ExceptionAsync(attemptAsync) is CrashException;
                crash.Disarm();
                if (crashed)
                    await attemptAsync();
            });
            foreach (var task in await world.Tasks.AllAsync().ToListAsync())
            {
                await world.Index.RemoveAsync(task, default);
                await world.Tasks.DeleteAsync(task.Id, default);
            }
        }

        Assert.True(requests > fewest, $"Only {requests} requests were seen.");
    }
}
