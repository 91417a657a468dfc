using System.Diagnostics;
using System.Globalization;

namespace ChatLoop.App.Improvement.Training;

/// <summary>
/// Trains in a process of this machine, which outlives the host that started it: a shell runs the trainer, and leaves files that say
/// which process it is and how the trainer ended. The trainer itself carries a cut-off run on bit for bit.
/// </summary>
internal sealed class LocalTrainingJob(TrainerFiles files) : ITrainingJob
{
    // Each attempt starts once, whoever starts it and however often: its first file can be created only once (set -C).
    private const string Script = """
        mark=$1 log=$2
        shift 2
        # Whoever waits for the host's own output to end is not to wait for the training.
        exec >> "$log" 2>&1 < /dev/null
        set -C
        echo $$ > "$mark.pid" || exit 0
        set +C
        "$@"
        echo $? > "$mark.exit.new" && mv "$mark.exit.new" "$mark.exit"
        """;

    // A shell counts a process that a signal ended from here on; the trainer ends with 130 when it is asked to stop.
    private const int FirstSignal = 128;

    public void CheckSetup()
    {
        if (OperatingSystem.IsWindows())
            throw new TrainingSetupException("Training as a local process needs a POSIX shell: run the app on Linux or macOS, or set Improvement:Job to containerApps.");
        _ = files.Trainer();
    }

    public async Task<TrainingStatus> StartAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        var last = TrainingAttempt.Last(run);
        if (last is not null && Status(run, last) is { State: TrainingState.Running or TrainingState.Succeeded } status)
            return status;
        CheckSetup();

        var next = new TrainingAttempt(run, (last?.Number ?? 0) + 1);
        Directory.CreateDirectory(run.WorkFolder);
        var trainer = files.Trainer();
        string[] program = trainer.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", trainer] : [trainer];
        string[] command = [.. program, "train", "--recipe", run.RecipeFile, "--run", run.WorkFolder];
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "trainer", next.Mark, LogFile(run), .. command]) { WorkingDirectory = run.Folder })
            ?? throw new TrainingSetupException("The shell /bin/sh did not start.");
        await next.StartedAsync(shell, cancellationToken);
        return Status(run, next);
    }

    public Task<TrainingStatus> StatusAsync(TrainingRun run, CancellationToken cancellationToken) =>
        Task.FromResult(TrainingAttempt.Last(run) is { } last ? Status(run, last) : new TrainingStatus(TrainingState.Interrupted, "The training has not been started."));

    public Task CancelAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        if (TrainingAttempt.Last(run) is { ExitCode: null } last && last.FindProcess() is { } process)
        {
            using (process)
                process.Kill(entireProcessTree: true);
        }

        return Task.CompletedTask;
    }

    public Task FetchAsync(TrainingRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    private static TrainingStatus Status(TrainingRun run, TrainingAttempt attempt)
    {
        if (attempt.ExitCode is { } code)
        {
            var state = code switch { 0 => TrainingState.Succeeded, >= FirstSignal => TrainingState.Interrupted, _ => TrainingState.Failed };
            return new TrainingStatus(state, state == TrainingState.Succeeded ? LastLine(run) : string.Create(CultureInfo.InvariantCulture, $"The trainer ended with {code}: {LastLine(run)}"));
        }

        using var process = attempt.FindProcess();
        // It may have ended between the two questions.
        return process is not null || attempt.ExitCode is not null || attempt.IsStarting
            ? new TrainingStatus(TrainingState.Running, LastLine(run))
            : new TrainingStatus(TrainingState.Interrupted, "The trainer's process is gone without having ended.");
    }

    private static string LogFile(TrainingRun run) => Path.Combine(run.Folder, "trainer.log");

    private static string? LastLine(TrainingRun run) =>
        File.Exists(LogFile(run)) ? TailOf(LogFile(run)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() : null;

    private static string TailOf(string file)
    {
        const int Bytes = 4096;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(Bytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
