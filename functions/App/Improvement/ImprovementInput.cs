namespace ChatLoop.App.Improvement;

/// <summary>An orchestration's input: the run, and the settings as they were when it was started.</summary>
public sealed record ImprovementInput(string RunId, TimeSpan PollInterval, TimeSpan TrainingTimeout, int MostStarts, TimeSpan ApprovalTimeout, TimeSpan ServeTimeout)
{
    internal static ImprovementInput Of(string runId, ImprovementOptions options) =>
        new(runId, options.PollInterval, options.TrainingTimeout, options.MostStarts, options.ApprovalTimeout, options.ServeTimeout);
}
