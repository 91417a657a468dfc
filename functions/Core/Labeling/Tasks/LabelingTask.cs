using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>A labeling task as stored: what is asked, and what has happened to it. <see cref="LabelingTaskMoves"/> says how it changes.</summary>
public sealed record LabelingTask
{
    /// <summary>The layout that this code writes.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Id { get; init; }

    public required LabelingTaskKind Kind { get; init; }

    public required IReadOnlyList<PromptMessage> Prompt { get; init; }

    // Here and below, ?? because a source-generated reader sets what the JSON leaves out to null.
    public IReadOnlyList<TaskAnswer> Answers { get; init => field = value ?? []; } = [];

    /// <summary>The overlap target: how many different labelers are to submit.</summary>
    public required int Labelers { get; init; }

    /// <summary>Whose prompt or answers these are: they may not label the task.</summary>
    public IReadOnlyList<string> Owners { get; init => field = value ?? []; } = [];

    /// <summary>Of a gold task, the ranks that are known to be right; never shown.</summary>
    public IReadOnlyList<int>? GoldRanks { get; init; }

    /// <summary>Of a task that was opened because people and the reward model disagreed on another: that one's id.</summary>
    public string? FollowUpOf { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public IReadOnlyList<Lease> Leases { get; init => field = value ?? []; } = [];

    /// <summary>In the order in which they came; one per labeler.</summary>
    public IReadOnlyList<Submission> Submissions { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Skip> Skips { get; init => field = value ?? []; } = [];

    public LabelingTaskState StateAt(DateTimeOffset now) =>
        Submissions.Count >= Labelers ? LabelingTaskState.Closed
        : LiveLeases(now).Any() ? LabelingTaskState.Leased
        : Submissions.Count > 0 ? LabelingTaskState.Submitted
        : LabelingTaskState.Open;

    /// <summary>Leases that have not timed out.</summary>
    public IEnumerable<Lease> LiveLeases(DateTimeOffset now) => Leases.Where(lease => lease.Until > now);

    /// <summary>How many more labelers may take it now, so that it is never labeled more often than wanted.</summary>
    public int FreePlaces(DateTimeOffset now) => Math.Max(0, Labelers - Submissions.Count - LiveLeases(now).Count());
}
