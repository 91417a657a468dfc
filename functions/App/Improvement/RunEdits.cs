namespace ChatLoop.App.Improvement;

/// <summary>Changes of a run; each may be repeated.</summary>
internal static class RunEdits
{
    private const int LongestMessage = 2_000;

    public static ImprovementRun Begin(this ImprovementRun run, string stage, DateTimeOffset now, string? message = null) =>
        run.With(stage, known => known with { Status = RunStage.Running, StartedAt = known.StartedAt ?? now, EndedAt = null, Message = Cut(message) ?? known.Message });

    public static ImprovementRun Finish(this ImprovementRun run, string stage, DateTimeOffset now, string? message, bool failed = false) =>
        run.With(stage, known => known with { Status = failed ? RunStage.Failed : RunStage.Done, StartedAt = known.StartedAt ?? now, EndedAt = now, Message = Cut(message) });

    /// <summary>Ends the run, and with it the stage that it was in.</summary>
    public static ImprovementRun End(this ImprovementRun run, RunStatus status, DateTimeOffset now, string message)
    {
        if (run.IsEnded)
            return run;
        var open = run.Stages.FirstOrDefault(stage => stage.Status == RunStage.Running);
        var closed = open is null ? run : run.Finish(open.Name, now, status == RunStatus.Completed ? open.Message : message, failed: status != RunStatus.Completed);
        return closed with { Status = status, EndedAt = now, Message = Cut(message) };
    }

    private static ImprovementRun With(this ImprovementRun run, string stage, Func<RunStage, RunStage> change) =>
        run with { Stages = [.. run.Stages.Select(known => known.Name == stage ? change(known) : known)] };

    private static string? Cut(string? message) => message?.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
}
