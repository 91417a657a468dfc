namespace ChatLoop.App.Improvement;

/// <summary>One stage of a run.</summary>
/// <param name="Status">pending, running, done or failed.</param>
public sealed record RunStage(string Name, string Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Message)
{
    internal const string Dataset = "dataset";
    internal const string Training = "training";
    internal const string Gates = "gates";
    internal const string Approval = "approval";
    internal const string Publication = "publication";
    internal const string Serving = "serving";

    internal const string Pending = "pending";
    internal const string Running = "running";
    internal const string Done = "done";
    internal const string Failed = "failed";

    internal static IReadOnlyList<RunStage> All { get; } = [.. new[] { Dataset, Training, Gates, Approval, Publication, Serving }.Select(name => new RunStage(name, Pending, null, null, null))];
}
