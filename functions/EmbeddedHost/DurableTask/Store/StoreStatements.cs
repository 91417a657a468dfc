using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Store;

/// <summary>The prepared statements of the one connection that writes.</summary>
internal sealed class StoreStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _begin = Prepare(connection, "BEGIN IMMEDIATE");
    private readonly SqliteCommand _commit = Prepare(connection, "COMMIT");
    private readonly SqliteCommand _rollback = Prepare(connection, "ROLLBACK");

    private readonly SqliteCommand _create = Prepare(
        connection,
        "INSERT OR REPLACE INTO instances VALUES ($id, $execution, $name, $version, $status, $created, $updated, $parent, $input, NULL, NULL, NULL, $tags, $processed)",
        "$id", "$execution", "$name", "$version", "$status", "$created", "$updated", "$parent", "$input", "$tags", "$processed");

    private readonly SqliteCommand _update = Prepare(
        connection,
        "UPDATE instances SET status = $status, updated = $updated, output = $output, custom_status = $custom, failure = $failure, processed = $processed WHERE id = $id",
        "$status", "$updated", "$output", "$custom", "$failure", "$processed", "$id");

    private readonly SqliteCommand _append = Prepare(connection, "INSERT INTO history VALUES ($instance, $sequence, $event)", "$instance", "$sequence", "$event");
    private readonly SqliteCommand _clear = Prepare(connection, "DELETE FROM history WHERE instance = $id", "$id");
    private readonly SqliteCommand _delete = Prepare(connection, "DELETE FROM instances WHERE id = $id", "$id");
    private readonly SqliteCommand _send = Prepare(connection, "INSERT INTO inbox VALUES ($id, $instance, $execution, $event)", "$id", "$instance", "$execution", "$event");
    private readonly SqliteCommand _received = Prepare(connection, "DELETE FROM inbox WHERE id = $id", "$id");

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    public void Rollback() => _rollback.ExecuteNonQuery();

    public void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.Create(var row):
                Run(_clear, row.Id);
                Run(_create, row.Id, row.Execution, row.Name, row.Version, (int)row.Status, row.CreatedAt.Ticks, row.UpdatedAt.Ticks,
                    row.ParentId, row.Input, HistoryJson.Write(row.Tags), row.Processed);
                break;
            case StoreChange.Update(var row):
                Run(_update, (int)row.Status, row.UpdatedAt.Ticks, row.Output, row.CustomStatus, HistoryJson.Write(row.Failure), row.Processed, row.Id);
                break;
            case StoreChange.Append(var id, var first, var events):
                for (var i = 0; i < events.Count; i++)
                    Run(_append, id, first + i, HistoryJson.Write(events[i]));
                break;
            case StoreChange.Delete(var id):
                Run(_clear, id);
                Run(_delete, id);
                break;
            case StoreChange.Send(var message):
                Run(_send, message.Id, message.InstanceId, message.Execution, HistoryJson.Write(message.Event));
                break;
            case StoreChange.Received(var id):
                Run(_received, id);
                break;
            default:
                throw new InvalidOperationException($"There is no statement for {change.GetType().Name}.");
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _rollback, _create, _update, _append, _clear, _delete, _send, _received])
            command.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class only.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }
}
