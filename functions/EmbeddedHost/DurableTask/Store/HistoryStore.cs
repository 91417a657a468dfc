namespace Microsoft.DurableTask.Store;

/// <summary>The instances, their histories, and the messages between them, in one SQLite file that one process has open.</summary>
internal sealed class HistoryStore : IDisposable
{
    private readonly StoreLock _lock;
    private readonly StoreWriter _writer;

    private HistoryStore(StoreLock @lock, StoreWriter writer, StoreReader reader)
    {
        _lock = @lock;
        _writer = writer;
        Reader = reader;
    }

    public StoreReader Reader { get; }

    public static HistoryStore Open(string folder, string hub)
    {
        Directory.CreateDirectory(folder);
        var @lock = new StoreLock(folder);
        try
        {
            var path = Path.Combine(folder, $"{hub}.db");
            return new HistoryStore(@lock, new StoreWriter(StoreSchema.Open(path)), new StoreReader(path));
        }
        catch (Exception)
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="StoreWriter.CommitAsync"/>
    public Task CommitAsync(IReadOnlyList<StoreChange> changes) => _writer.CommitAsync(changes);

    public void Dispose()
    {
        Reader.Close();
        _writer.Dispose();
        _lock.Dispose();
    }
}
