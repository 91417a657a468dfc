using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Microsoft.DurableTask.Store;

/// <summary>
/// The one thread that writes. While a commit waits for the disk, further turns queue up and share the next one: the disk's
/// pace bounds the time of a turn, not how many there are in a second.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    /// <summary>Keeps one transaction short enough for those who wait for it.</summary>
    private const int MostTurns = 256;

    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly StoreStatements _statements;
    private readonly Thread _thread;
    private Exception? _failure;

    public StoreWriter(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new StoreStatements(connection);
        _thread = new Thread(Write) { IsBackground = true, Name = "Durable history" };
        _thread.Start();
    }

    /// <summary>Completes when the changes are on the disk. Turns are written in the order of the calls.</summary>
    /// <exception cref="IOException">They could not be written, and nothing will be from here on.</exception>
    public Task CommitAsync(IReadOnlyList<StoreChange> changes)
    {
        var turn = new Turn(changes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _turns.Writer.TryWrite(turn) ? turn.Written.Task : Task.FromException(new IOException("The durable history is closed."));
    }

    /// <summary>Writes what is queued, then closes.</summary>
    public void Dispose()
    {
        if (!_turns.Writer.TryComplete())
            return;
        _thread.Join();
        _statements.Dispose();
        _connection.Dispose();
    }

    private void Write()
    {
        var batch = new List<Turn>();
#pragma warning disable CA2012 // A thread of its own may wait.
        while (_turns.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore CA2012
        {
            while (batch.Count < MostTurns && _turns.Reader.TryRead(out var turn))
                batch.Add(turn);
            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<Turn> batch)
    {
        try
        {
            // After a failure memory is ahead of the disk: only a restart, which reads the disk, makes them agree again.
            if (_failure is null)
                Commit(batch);
        }
        catch (Exception e)
        {
            _failure = e;
        }
        foreach (var turn in batch)
        {
            if (_failure is null)
                turn.Written.SetResult();
            else
                turn.Written.SetException(new IOException($"The durable history cannot be written: {_failure.Message}", _failure));
        }
    }

    private void Commit(List<Turn> batch)
    {
        _statements.Begin();
        try
        {
            foreach (var change in batch.SelectMany(turn => turn.Changes))
                _statements.Apply(change);
            _statements.Commit();
        }
        catch (SqliteException)
        {
            _statements.Rollback();
            throw;
        }
    }

    private sealed record Turn(IReadOnlyList<StoreChange> Changes, TaskCompletionSource Written);
}
