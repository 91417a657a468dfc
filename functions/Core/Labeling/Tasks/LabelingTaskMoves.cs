namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>
/// The life of a labeling task: open, leased, submitted, closed at the overlap target. Pure: what is stored and how simultaneous
/// labelers are kept apart (ETags) is the caller's. Every move may be repeated: the second time changes nothing.
/// </summary>
public static class LabelingTaskMoves
{
    /// <summary>Hands a place of the task to a labeler. Whoever holds one already keeps it as it is.</summary>
    /// <param name="openLeases">How many live leases the labeler holds on all tasks.</param>
    public static TaskDecision Lease(this LabelingTask task, string labeler, int openLeases, LabelingRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(rules);
        if (task.LiveLeases(now).Any(lease => lease.Labeler == labeler)) return new TaskDecision(task);
        if (task.Owners.Contains(labeler)) return Refuse(task, TaskRefusal.OwnWork, "Nobody labels what they asked or wrote themselves.");
        if (task.Submissions.Any(s => s.Labeler == labeler)) return Refuse(task, TaskRefusal.AlreadySubmitted, "You have labeled this task already.");
        if (task.Skips.Any(s => s.Labeler == labeler)) return Refuse(task, TaskRefusal.AlreadySkipped, "You have skipped this task.");
        if (task.StateAt(now) == LabelingTaskState.Closed) return Closed(task);
        if (openLeases >= rules.MostOpenLeases) return Refuse(task, TaskRefusal.TooManyLeases, $"You hold {openLeases} tasks, and {rules.MostOpenLeases} are the most: submit or skip one first.");
        if (task.FreePlaces(now) == 0) return Refuse(task, TaskRefusal.NoFreePlace, "All places of this task are taken.");
        return new TaskDecision(task with { Leases = [.. task.LiveLeases(now), new Lease(labeler, now, now + rules.LeaseTime)] });
    }

    /// <summary>
    /// Takes a labeler's submission. A late one counts while nobody else has taken the place; one's own may be replaced until the task
    /// is closed; one that came before changes nothing.
    /// </summary>
    public static TaskDecision Submit(this LabelingTask task, Submission submission, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(submission);
        var before = task.Submissions.FirstOrDefault(s => s.Labeler == submission.Labeler);
        if (before?.Id == submission.Id) return new TaskDecision(task);
        if (task.StateAt(now) == LabelingTaskState.Closed) return Closed(task);
        if (task.Owners.Contains(submission.Labeler)) return Refuse(task, TaskRefusal.OwnWork, "Nobody labels what they asked or wrote themselves.");
        string[] mistakes = [.. SubmissionChecks.Mistakes(task, submission)];
        if (mistakes.Length > 0) return Refuse(task, TaskRefusal.Invalid, string.Join(' ', mistakes));
        if (before is not null) return new TaskDecision(task with { Submissions = [.. task.Submissions.Select(s => s == before ? submission : s)] });

        if (task.Leases.FirstOrDefault(l => l.Labeler == submission.Labeler) is not { } lease) return Refuse(task, TaskRefusal.NotLeased, "You do not hold this task: ask for the next one.");
        if (lease.Until <= now && task.FreePlaces(now) == 0) return Refuse(task, TaskRefusal.NoFreePlace, "Your time for this task was over, and others have taken your place.");
        return new TaskDecision(task with { Leases = Without(task, submission.Labeler), Submissions = [.. task.Submissions, submission] });
    }

    /// <summary>Gives a task back with a reason; the labeler does not get it again.</summary>
    public static TaskDecision Skip(this LabelingTask task, string labeler, SkipReason reason, string? comment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Skips.Any(s => s.Labeler == labeler)) return new TaskDecision(task);
        if (reason == SkipReason.Other && string.IsNullOrWhiteSpace(comment)) return Refuse(task, TaskRefusal.Invalid, "Say in the comment why you skip the task.");
        if (SubmissionChecks.TooLong(comment) is { } mistake) return Refuse(task, TaskRefusal.Invalid, mistake);
        if (task.Leases.All(lease => lease.Labeler != labeler)) return Refuse(task, TaskRefusal.NotLeased, "You do not hold this task: ask for the next one.");
        return new TaskDecision(task with { Leases = Without(task, labeler), Skips = [.. task.Skips, new Skip(labeler, reason, comment, now)] });
    }

    /// <summary>Drops the leases that have timed out, so that a late submission for them is refused from now on.</summary>
    public static LabelingTask Expire(this LabelingTask task, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Leases.All(lease => lease.Until > now) ? task : task with { Leases = [.. task.LiveLeases(now)] };
    }

    private static IReadOnlyList<Lease> Without(LabelingTask task, string labeler) => [.. task.Leases.Where(lease => lease.Labeler != labeler)];

    private static TaskDecision Closed(LabelingTask task) => Refuse(task, TaskRefusal.Closed, "Enough people have labeled this task.");

    private static TaskDecision Refuse(LabelingTask task, TaskRefusal refusal, string reason) => new(task, refusal, reason);
}
