using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.Core.Feedback;

/// <summary>A message of the queue `labeling-tasks`: something that is to be labeled. Fields are as sent; <see cref="QueueContracts"/> checks them.</summary>
public sealed record LabelingRequest
{
    public int SchemaVersion { get; init; }

    /// <summary>Chosen by the sender: the same one again is the same task.</summary>
    public string Id { get; init; } = "";

    public string SubmittedBy { get; init; } = "";

    public LabelingTaskKind? Kind { get; init; }

    // Here and below, ?? because a source-generated reader sets what the JSON leaves out to null.
    public IReadOnlyList<PromptMessage> Prompt { get; init => field = value ?? []; } = [];

    /// <summary>Answers that are there already.</summary>
    public IReadOnlyList<string> Answers { get; init => field = value ?? []; } = [];

    /// <summary>How many answers the model is to draft besides.</summary>
    public int Drafts { get; init; }

    /// <summary>Who drafts them, in turn; empty for the serving model at its own temperature.</summary>
    public IReadOnlyList<DraftSource> Sources { get; init => field = value ?? []; } = [];

    /// <summary>How many labelers are to see it.</summary>
    public int Labelers { get; init; }

    /// <summary>Whose prompt it is: they may not label it, and their consent counts. Null for nobody's.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Of a gold task, the ranks of <see cref="Answers"/> that are known to be right.</summary>
    public IReadOnlyList<int>? GoldRanks { get; init; }

    public DateTimeOffset At { get; init; }
}
