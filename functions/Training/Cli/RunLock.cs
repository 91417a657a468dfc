namespace ChatLoop.Training.Cli;

/// <summary>A run folder belongs to one trainer at a time, which first clears what writes that were cut off left behind.</summary>
internal sealed class RunLock : IDisposable
{
    /// <summary>The ending of what is written beside its place and not yet renamed into it.</summary>
    public const string Draft = ".new";

    // A model folder that makes way for its successor.
    private const string Former = ".old";

    private readonly FileStream _lock;

    /// <exception cref="StageException">Another trainer works in the folder.</exception>
    public RunLock(RunFolder run)
    {
        Directory.CreateDirectory(run.Root);
        try
        {
            // The system lets go of the lock when the process dies, however it dies.
            _lock = new FileStream(Path.Combine(run.Root, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(run.Root, "run.lock")))
        {
            throw new StageException($"Another trainer works in {run.Root}: wait for it, stop it, or give another folder with --run.", e);
        }

        // A folder that no trainer has worked in yet may be somebody's own, given by mistake.
        if (!File.Exists(StageNotes.FileOf(run))) return;
        foreach (var folder in Directory.EnumerateDirectories(run.Root).Where(f => f.EndsWith(Draft, StringComparison.Ordinal) || f.EndsWith(Former, StringComparison.Ordinal)).ToArray())
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(run.Root, "*" + Draft, SearchOption.AllDirectories).ToArray()) File.Delete(file);
    }

    public void Dispose() => _lock.Dispose();
}
