using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.DurableTask.Store;

/// <summary>Keeps a second process from running the same instances; the system releases it however this one ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    public StoreLock(string folder)
    {
        try
        {
            _file = new FileStream(Path.Combine(folder, "durable.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new HostStartException(
                $"Another process runs the orchestrations in {folder}: stop it, or give this one its own folder with EmbeddedHost__DataPath.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
