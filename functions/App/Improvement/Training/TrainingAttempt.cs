using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ChatLoop.App.Improvement.Training;

/// <summary>One start of a run's trainer, by the files that its shell leaves: `attempt-N.pid` at its start, `attempt-N.exit` at its end.</summary>
internal sealed record TrainingAttempt(TrainingRun Run, int Number)
{
    // The kernel counts a process's start in hundredths of a second since boot; what is more than this apart is another process with a used id.
    private static readonly TimeSpan ClockError = TimeSpan.FromSeconds(5);

    /// <summary>What the files' names begin with.</summary>
    public string Mark => Path.Combine(Run.Folder, string.Create(CultureInfo.InvariantCulture, $"attempt-{Number}"));

    /// <summary>How the trainer ended; null where it has not, or was not left time to say so.</summary>
    public int? ExitCode => ReadNumber(ExitFile);

    /// <summary>The shell has not yet written who it is.</summary>
    public bool IsStarting => ReadNumber(PidFile) is null && DateTime.UtcNow - File.GetLastWriteTimeUtc(PidFile) < ClockError;

    private string PidFile => Mark + ".pid";

    private string ExitFile => Mark + ".exit";

    public static TrainingAttempt? Last(TrainingRun run)
    {
        var last = 0;
        while (File.Exists(new TrainingAttempt(run, last + 1).PidFile)) last++;
        return last == 0 ? null : new TrainingAttempt(run, last);
    }

    /// <summary>Waits until the attempt is on its way: the shell has written who it is, or another one has.</summary>
    public async Task StartedAsync(Process shell, CancellationToken cancellationToken)
    {
        while (ReadNumber(PidFile) is null)
        {
            if (shell.HasExited && ReadNumber(PidFile) is null)
                throw new TrainingSetupException($"The trainer's shell ended at once with {shell.ExitCode}: is {Run.Folder} writable?");
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    /// <summary>The process of this attempt, if it still runs.</summary>
    public Process? FindProcess()
    {
        if (ReadNumber(PidFile) is not { } id)
            return null;
        Process? process = null;
        try
        {
            process = Process.GetProcessById(id);
            var apart = process.StartTime.ToUniversalTime() - File.GetLastWriteTimeUtc(PidFile);
            if (!process.HasExited && apart.Duration() < ClockError && !IsZombie(id))
                return process;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended, or belongs to somebody else.
        }

        process?.Dispose();
        return null;
    }

    // Where nobody waits for orphans, as in many containers, an ended process keeps its id.
    private static bool IsZombie(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")).Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int? ReadNumber(string file) =>
        File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
