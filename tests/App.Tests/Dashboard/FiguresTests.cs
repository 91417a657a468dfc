using ChatLoop.App.Dashboard;
using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.RewardLabeling;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Tests.Dashboard;

public sealed class FiguresTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tasks_are_counted_by_where_they_stand_and_by_kind()
    {
        LabelingTask[] tasks =
        [
            Task("open"),
            Task("leased") with { Leases = [new Lease("ann", Day, Day.AddHours(1))] },
            Task("timed out") with { Leases = [new Lease("ann", Day.AddHours(-2), Day.AddHours(-1))] },
            Task("submitted", ("ann", [1, 2, 3])),
            Task("closed", ("ann", [1, 2, 3]), ("bob", [1, 2, 3])) with { Kind = LabelingTaskKind.Rank },
            Task("write") with { Kind = LabelingTaskKind.Write },
        ];

        Assert.Equal(new TaskCounts(Open: 3, Leased: 1, Submitted: 1, Closed: 1), TaskFigures.Counts(tasks, Day));
        Assert.Equal([(LabelingTaskKind.Rank, 5), (LabelingTaskKind.Rate, 0), (LabelingTaskKind.Write, 1), (LabelingTaskKind.Flag, 0)], TaskFigures.ByKind(tasks).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Throughput_counts_submissions_and_different_labelers_of_the_last_days()
    {
        LabelingTask[] tasks = [.. Enumerable.Range(0, 3).Select(day => Task($"{day}", ("ann", [1, 2, 3]), ("bob", [1, 2, 3])) is var task && day == 0
            ? task
            : task with { Submissions = [.. task.Submissions.Select(s => s with { Labeler = "ann", SubmittedAt = Day.AddDays(day) })] })];

        Assert.Equal(
            [new DayFigures(new DateOnly(2026, 11, 26), 2, 1), new DayFigures(new DateOnly(2026, 11, 27), 2, 1)],
            TaskFigures.Throughput(tasks, 2));
        Assert.Equal(new DayFigures(new DateOnly(2026, 11, 25), 2, 2), TaskFigures.Throughput(tasks, 30)[0]);
    }

    [Fact]
    public void Agreement_is_that_of_labelers_with_each_other_and_with_the_model()
    {
        // Pairs of ann and bob: 12 and 13 the same, 23 opposite. Their consensus is 1 before 2 and 3, which are tied; the model says 2 1 3.
        var task = Task("t", ("ann", [1, 2, 3]), ("bob", [1, 3, 2]));

        var agreement = AgreementFigures.Of([task], [new TaskScores("t", "m", [1, 2, 0], IsLabel: false, TauB: null)]);

        Assert.Equal(2.0 / 3, agreement.Pairwise!.Value, 12);
        Assert.Equal(1.0 / 2, agreement.ModelVersusPeople!.Value, 12);
        Assert.Equal(RankingAlpha.Of([new RankedTask("t", new Dictionary<string, Ranking> { ["ann"] = Ranking.Of(1, 2, 3), ["bob"] = Ranking.Of(1, 3, 2) })]), agreement.KrippendorffAlpha);
        Assert.Equal(["ann", "bob"], agreement.Labelers.Select(labeler => labeler.Labeler));
        // One discordant pair of three.
        Assert.All(agreement.Labelers, labeler => Assert.Equal(1.0 / 3, labeler.MeanTauB!.Value, 12));
        Assert.All(agreement.Labelers, labeler => Assert.Null(labeler.IsAtChance));
    }

    [Fact]
    public void A_labeler_at_chance_is_named_and_gold_tasks_tell_how_good_the_others_are()
    {
        // Cid says the opposite in every second task.
        LabelingTask[] tasks =
        [
            .. Enumerable.Range(0, 20).Select(n => Task($"{n}", ("ann", [1, 2, 3, 4]), ("bob", [1, 2, 3, 4]), ("cid", n % 2 == 0 ? [1, 2, 3, 4] : [4, 3, 2, 1])) with
            {
                Labelers = 3,
                GoldRanks = n < 4 ? [1, 2, 3, 4] : null,
            }),
        ];

        var labelers = AgreementFigures.Of(tasks, []).Labelers;

        Assert.Equal([("ann", false), ("bob", false), ("cid", true)], labelers.Select(labeler => (labeler.Labeler, labeler.IsAtChance!.Value)));
        Assert.Equal([new GoldFigures(4, 1), new GoldFigures(4, 1), new GoldFigures(4, 0)], labelers.Select(labeler => labeler.Gold));
    }

    [Fact]
    public void Ratings_have_an_alpha_each()
    {
        LabelingTask[] tasks = [.. Enumerable.Range(1, 5).Select(n => new LabelingTask
        {
            Id = $"{n}", Kind = LabelingTaskKind.Rate, Prompt = [], Answers = [new TaskAnswer("a")], Labelers = 2, OpenedAt = Day,
            Submissions = [Rated("ann", new Rating(n, n, 7)), Rated("bob", new Rating(n, 6 - n, 7))],
        })];

        var ratings = AgreementFigures.Of(tasks, []).Ratings;

        Assert.Equal(1, ratings.Helpful!.Value, 12);
        Assert.True(ratings.Honest < 0);
        Assert.Null(ratings.Harmless);
    }

    private static Submission Rated(string labeler, Rating rating) => new() { Id = labeler, Labeler = labeler, SubmittedAt = Day, Ratings = [rating] };

    private static LabelingTask Task(string id, params (string Labeler, int[] Ranks)[] submissions) => new()
    {
        Id = id,
        Kind = LabelingTaskKind.Rank,
        Prompt = [new PromptMessage("user", "?")],
        Answers = [.. (submissions.Length > 0 ? submissions[0].Ranks : [1, 2, 3]).Select(rank => new TaskAnswer($"{rank}"))],
        Labelers = 2,
        OpenedAt = Day,
        Submissions = [.. submissions.Select(s => new Submission { Id = $"{id} {s.Labeler}", Labeler = s.Labeler, SubmittedAt = Day, Ranks = s.Ranks })],
    };
}
