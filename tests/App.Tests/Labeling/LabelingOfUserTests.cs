using ChatLoop.App.Labeling;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Labeling;

[Collection(AzuriteTests.Name)]
public sealed class LabelingOfUserTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_purged_users_tasks_are_gone_with_all_that_hangs_on_them()
    {
        var world = await WorldAsync(new Scorer(_ => 1));
        var (mine, other) = (await world.OpenAsync(1, owner: "ann"), await world.OpenAsync(2, owner: "bob"));
        await world.Scores.KeepAsync(mine.Id, "fake-reward", [1, 2, 3, 4], isLabel: false, default);
        var data = new LabelingTasksOfUser(world.Tasks, world.Index, world.Scores, world.Items);
        Assert.Equal(1, await data.CountAsync("ann", default));

        await data.PurgeAsync("ann", default);
        await data.PurgeAsync("ann", default);

        Assert.Equal(0, await data.CountAsync("ann", default));
        Assert.Equal(other.Id, Assert.Single(await world.Tasks.AllAsync().ToListAsync()).Id);
        Assert.Equal(1, await world.OpenRowsAsync());
        Assert.Empty(await world.Scores.OfTaskAsync(mine.Id));
    }

    [SkippableFact]
    public async Task A_purged_labelers_votes_stay_without_their_name_and_what_they_wrote_goes()
    {
        var world = await WorldAsync();
        var ranked = await world.OpenAsync(1);
        var written = await world.OpenAsync(2, change: task => task with { Kind = LabelingTaskKind.Write, Answers = [] });
        var held = await world.OpenAsync(3);
        await world.LabelAsync("ann", 4, 3, 2, 1);
        await world.NextAsync("ann");
        await world.Submissions.SubmitAsync(
            written.Id, new Submission { Id = "ann's", Labeler = "ann", SubmittedAt = world.Clock.Now, Text = "I live in Ulm.", Comment = "Ann was here." }, default);
        await world.NextAsync("ann");
        var data = new SubmissionsOfUser(world.Tasks, world.Labelers, world.Items);
        var export = (await data.ExportAsync("ann", default))!.ToJsonString();

        await data.PurgeAsync("ann", default);
        await data.PurgeAsync("ann", default);

        Assert.Contains("I live in Ulm.", export, StringComparison.Ordinal);
        Assert.Equal(0, await data.CountAsync("ann", default));
        var (vote, text) = ((await world.Tasks.FindAsync(ranked.Id))!.Submissions[0], (await world.Tasks.FindAsync(written.Id))!.Submissions[0]);
        Assert.Equal([4, 3, 2, 1], vote.Ranks!);
        Assert.StartsWith(SubmissionsOfUser.ErasedPrefix, vote.Labeler, StringComparison.Ordinal);
        Assert.Equal(vote.Labeler, text.Labeler);
        Assert.Equal((null, null), (text.Text, text.Comment));
        Assert.NotEqual("ann's", text.Id);
        Assert.Empty((await world.Tasks.FindAsync(held.Id))!.Leases);
        Assert.Empty(await world.Labelers.DoneAsync("ann", default));
    }

    private async Task<LabelingWorld> WorldAsync(Scorer? scorer = null) => new(await Account.CreateAsync(azurite.ConnectionString), scorer);
}
