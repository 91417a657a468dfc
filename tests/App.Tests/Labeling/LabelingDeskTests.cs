using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Labeling;

[Collection(AzuriteTests.Name)]
public sealed class LabelingDeskTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Twenty_labelers_at_once_never_overfill_a_task()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 3);
        string[] labelers = [.. Enumerable.Range(0, 20).Select(n => $"labeler-{n}")];

        var leases = await Task.WhenAll(labelers.Select(world.NextAsync));
        var submissions = await Task.WhenAll(labelers.Select(labeler => world.SubmitAsync(task.Id, labeler)));

        Assert.Equal(3, leases.Count(lease => lease is { IsGranted: true }));
        Assert.All(leases.Where(lease => lease is not { IsGranted: true }), Assert.Null);
        Assert.Equal(3, submissions.Count(submission => submission!.IsGranted));
        var stored = (await world.Tasks.FindAsync(task.Id))!;
        Assert.Equal(3, stored.Submissions.DistinctBy(submission => submission.Labeler).Count());
        Assert.Equal(LabelingTaskState.Closed, stored.StateAt(world.Clock.Now));
        Assert.Equal(0, await world.OpenRowsAsync());
    }

    [SkippableFact]
    public async Task Simultaneous_requests_of_one_labeler_never_exceed_the_cap()
    {
        var world = await WorldAsync();
        foreach (var number in Enumerable.Range(1, 6))
            await world.OpenAsync(number);

        var leases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.NextAsync("ann")));

        Assert.Equal(world.Rules.MostOpenLeases, leases.Where(lease => lease is { IsGranted: true }).DistinctBy(lease => lease!.Task.Id).Count());
        Assert.Equal(TaskRefusal.TooManyLeases, (await world.NextAsync("ann"))!.Refusal);
        Assert.Equal(world.Rules.MostOpenLeases, (await world.Desk.HeldAsync("ann", default)).Count);
    }

    [SkippableFact]
    public async Task A_lease_that_times_out_gives_its_place_to_somebody_else()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 1);
        await world.NextAsync("ann");
        Assert.Null(await world.NextAsync("bob"));

        world.Clock.Now += world.Rules.LeaseTime;

        Assert.True((await world.NextAsync("bob"))!.IsGranted);
        Assert.Equal(TaskRefusal.NotLeased, (await world.SubmitAsync(task.Id, "ann"))!.Refusal);
        Assert.Empty(await world.Desk.HeldAsync("ann", default));
    }

    [SkippableFact]
    public async Task Nobody_labels_their_own()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(owner: "ann");

        Assert.Null(await world.NextAsync("ann"));
        Assert.Equal(task.Id, (await world.NextAsync("bob"))!.Task.Id);
        Assert.Contains(("task", task.Id), await world.Items.ListAsync("ann", default).ToListAsync());
    }

    [SkippableFact]
    public async Task Disputed_tasks_come_first_then_the_oldest()
    {
        var world = await WorldAsync();
        LabelingTask[] tasks = [await world.OpenAsync(3), await world.OpenAsync(1), await world.OpenAsync(2)];
        await world.Index.PutFirstAsync(tasks[0], default);

        var order = new[] { await world.NextAsync("ann"), await world.NextAsync("ann"), await world.NextAsync("ann") };

        Assert.Equal([tasks[0].Id, tasks[1].Id, tasks[2].Id], order.Select(lease => lease!.Task.Id));
    }

    [SkippableFact]
    public async Task Gold_tasks_come_in_between_at_the_share_that_is_set()
    {
        var world = await WorldAsync();
        var gold = await world.OpenAsync(2, change: task => task with { GoldRanks = [1, 2, 3, 4] });
        var other = await world.OpenAsync(1);

        var first = await world.NextAsync("ann");
        world.Options.GoldShare = 1;
        var goldFirst = await world.NextAsync("bob");

        Assert.Equal((other.Id, gold.Id), (first!.Task.Id, goldFirst!.Task.Id));
        // Where nothing else is left, gold tasks are as good as any.
        world.Options.GoldShare = 0;
        Assert.Equal(gold.Id, (await world.NextAsync("ann"))!.Task.Id);
    }

    [SkippableFact]
    public async Task A_place_reserved_before_a_crash_becomes_a_lease_when_the_labeler_comes_back()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync();
        await world.Labelers.ReserveAsync("ann", task.Id, world.Rules, world.Clock.Now, default);

        var held = await world.Desk.HeldAsync("ann", default);

        Assert.Equal(task.Id, Assert.Single(held).Id);
        Assert.Equal("ann", Assert.Single((await world.Tasks.FindAsync(task.Id))!.Leases).Labeler);
    }

    [SkippableFact]
    public async Task A_row_left_by_a_crash_after_closing_is_cleaned_by_whoever_comes_next()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 1);
        await world.LabelAsync("ann");
        await world.Index.AddAsync(task, default);

        Assert.Null(await world.NextAsync("bob"));

        Assert.Equal(0, await world.OpenRowsAsync());
    }

    [SkippableFact]
    public async Task A_follow_up_is_for_those_who_did_not_see_the_first_task()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 1);
        await world.LabelAsync("ann");
        var followUp = await world.OpenAsync(2, change: t => t with { FollowUpOf = task.Id });

        Assert.Null(await world.NextAsync("ann"));
        Assert.Equal(followUp.Id, (await world.NextAsync("bob"))!.Task.Id);
    }

    private async Task<LabelingWorld> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
