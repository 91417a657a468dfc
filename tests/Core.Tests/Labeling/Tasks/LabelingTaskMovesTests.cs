using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling.Tasks;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Labeling.Tasks;

public sealed class LabelingTaskMovesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static readonly LabelingRules Rules = new() { LeaseTime = TimeSpan.FromMinutes(10), MostOpenLeases = 2 };

    [Fact]
    public void A_task_goes_from_open_to_leased_to_submitted_to_closed()
    {
        var task = Task();
        Assert.Equal(LabelingTaskState.Open, task.StateAt(Now));

        task = Granted(task.Lease("ana", 0, Rules, Now));
        Assert.Equal(LabelingTaskState.Leased, task.StateAt(Now));

        task = Granted(task.Submit(Ranked("ana", "s1"), Now));
        Assert.Equal(LabelingTaskState.Submitted, task.StateAt(Now));

        task = Granted(Granted(task.Lease("ben", 0, Rules, Now)).Submit(Ranked("ben", "s2"), Now));
        Assert.Equal(LabelingTaskState.Closed, task.StateAt(Now));
        Assert.Empty(task.Leases);
        Assert.Equal(["s1", "s2"], task.Submissions.Select(s => s.Id));
        Refused(TaskRefusal.Closed, task, task.Lease("carl", 0, Rules, Now));
    }

    [Fact]
    public void Lease_again_changes_nothing()
    {
        var task = Granted(Task().Lease("ana", 0, Rules, Now));

        Assert.Same(task, Granted(task.Lease("ana", 1, Rules, Now.AddMinutes(9))));
    }

    [Fact]
    public void Lease_is_refused_for_owners_full_hands_and_full_tasks()
    {
        var task = Task();
        Refused(TaskRefusal.OwnWork, task, task.Lease("owner", 0, Rules, Now));
        Assert.Contains("2 are the most", Refused(TaskRefusal.TooManyLeases, task, task.Lease("ana", 2, Rules, Now)), StringComparison.Ordinal);

        var full = Granted(Granted(task.Lease("ana", 0, Rules, Now)).Lease("ben", 0, Rules, Now));
        Refused(TaskRefusal.NoFreePlace, full, full.Lease("carl", 0, Rules, Now));
    }

    [Fact]
    public void A_lease_that_timed_out_frees_its_place()
    {
        var full = Granted(Granted(Task().Lease("ana", 0, Rules, Now)).Lease("ben", 0, Rules, Now.AddMinutes(5)));
        var later = Now.AddMinutes(10);

        var task = Granted(full.Lease("carl", 0, Rules, later));

        Assert.Equal(["ben", "carl"], task.Leases.Select(lease => lease.Labeler));
        Refused(TaskRefusal.NotLeased, task, task.Submit(Ranked("ana", "late"), later));
    }

    [Fact]
    public void A_late_submission_counts_while_the_place_is_free()
    {
        var task = Granted(Task().Lease("ana", 0, Rules, Now));
        var late = Now.AddHours(1);

        Assert.Equal("late", Granted(task.Submit(Ranked("ana", "late"), late)).Submissions[0].Id);
        var expired = task.Expire(late);
        Refused(TaskRefusal.NotLeased, expired, expired.Submit(Ranked("ana", "late"), late));
        Assert.Same(task, task.Expire(Now));
    }

    [Fact]
    public void A_submission_may_be_replaced_until_the_task_is_closed()
    {
        var task = Granted(Granted(Task().Lease("ana", 0, Rules, Now)).Submit(Ranked("ana", "s1"), Now));

        Assert.Same(task, Granted(task.Submit(Ranked("ana", "s1"), Now)));
        task = Granted(task.Submit(Ranked("ana", "s2"), Now));
        Assert.Equal("s2", Assert.Single(task.Submissions).Id);

        var closed = Granted(Granted(task.Lease("ben", 0, Rules, Now)).Submit(Ranked("ben", "s3"), Now));
        Refused(TaskRefusal.Closed, closed, closed.Submit(Ranked("ana", "s4"), Now));
        Assert.Same(closed, Granted(closed.Submit(Ranked("ana", "s2"), Now)));
    }

    [Fact]
    public void Skip_gives_the_place_back_for_good()
    {
        var task = Granted(Task().Lease("ana", 0, Rules, Now));

        Refused(TaskRefusal.Invalid, task, task.Skip("ana", SkipReason.Other, " ", Now));
        Refused(TaskRefusal.NotLeased, task, task.Skip("ben", SkipReason.Unclear, null, Now));
        task = Granted(task.Skip("ana", SkipReason.Unclear, null, Now));
        Assert.Equal(LabelingTaskState.Open, task.StateAt(Now));
        Assert.Same(task, Granted(task.Skip("ana", SkipReason.Unclear, null, Now)));
        Refused(TaskRefusal.AlreadySkipped, task, task.Lease("ana", 0, Rules, Now));
    }

    [Fact]
    public void An_invalid_submission_is_refused_with_every_mistake()
    {
        var task = Granted(Task().Lease("ana", 0, Rules, Now));

        var reason = Refused(TaskRefusal.Invalid, task, task.Submit(Ranked("ana", "s1") with { Ranks = [1], Text = "hm" }, Now));

        Assert.Contains("1 ranks for 2 answers", reason, StringComparison.Ordinal);
        Assert.Contains("takes no text", reason, StringComparison.Ordinal);
    }

    [Property]
    public void Whatever_happens_a_task_is_never_overfilled_and_no_labeler_counts_twice(int seed)
    {
        var random = new Random(seed);
        var (task, now) = (Task() with { Labelers = random.Next(1, 4) }, Now);
        for (var step = 0; step < 60; step++)
        {
            now = now.AddMinutes(random.Next(6));
            var labeler = $"l{random.Next(6)}";
            task = random.Next(5) switch
            {
                0 or 1 => task.Lease(labeler, 0, Rules, now).Task,
                2 or 3 => task.Submit(Ranked(labeler, $"{step}"), now).Task,
                _ when random.Next(4) == 0 => task.Skip(labeler, SkipReason.TooHard, null, now).Task,
                _ => task.Expire(now),
            };
            Assert.True(task.Submissions.Count + task.LiveLeases(now).Count() <= task.Labelers);
            Assert.Distinct(task.Submissions.Select(s => s.Labeler).Concat(task.LiveLeases(now).Select(l => l.Labeler)));
        }
    }

    [Fact]
    public void A_task_survives_its_JSON()
    {
        var task = Granted(Granted(Task().Lease("ana", 0, Rules, Now)).Submit(Ranked("ana", "s1"), Now));
        task = Granted(Granted(task.Lease("ben", 0, Rules, Now)).Skip("ben", SkipReason.PersonalData, "a phone number", Now));

        var json = JsonSerializer.Serialize(task, LabelingJsonContext.Default.LabelingTask);
        var read = JsonSerializer.Deserialize(json, LabelingJsonContext.Default.LabelingTask);

        Assert.Contains("\"reason\":\"personalData\"", json, StringComparison.Ordinal);
        Assert.Equivalent(task, read, strict: true);
    }

    internal static LabelingTask Task(LabelingTaskKind kind = LabelingTaskKind.Rank) => new()
    {
        Id = "task",
        Kind = kind,
        Prompt = [new PromptMessage(ChatRole.User, "Is ice cold?")],
        Answers = [new TaskAnswer("Yes.", "tiny"), new TaskAnswer("No.", "tiny")],
        Labelers = 2,
        Owners = ["owner"],
        OpenedAt = Now,
    };

    private static Submission Ranked(string labeler, string id) => new() { Id = id, Labeler = labeler, SubmittedAt = Now, Ranks = [1, 2] };

    private static LabelingTask Granted(TaskDecision decision)
    {
        Assert.True(decision.IsGranted, decision.Reason);
        return decision.Task;
    }

    private static string Refused(TaskRefusal refusal, LabelingTask task, TaskDecision decision)
    {
        Assert.Equal(refusal, decision.Refusal);
        Assert.Same(task, decision.Task);
        return decision.Reason!;
    }
}
