using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Store;

/// <summary>Reads what is committed, beside the thread that writes.</summary>
internal sealed class StoreReader(string path)
{
    private const string Columns = "id, execution, name, version, status, created, updated, parent, input, output, custom_status, failure, tags, processed";

    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();

    public InstanceRow? Find(string id) =>
        Query($"SELECT {Columns} FROM instances WHERE id = $id", ReadRow, ("$id", id)).SingleOrDefault();

    public IReadOnlyList<HistoryEvent> History(string id) =>
        Query("SELECT instance, sequence, event FROM history WHERE instance = $id ORDER BY sequence", ReadEvent, ("$id", id));

    public IReadOnlyList<InstanceRow> Unfinished() => Query($"SELECT {Columns} FROM instances WHERE status IN (0, 6, 7)", ReadRow);

    public IReadOnlyList<InboxMessage> Inbox() => Query(
        "SELECT id, instance, execution, event FROM inbox ORDER BY id",
        row => new InboxMessage(row.GetInt64(0), row.GetString(1), Text(row, 2), Parse(row.GetString(1), row.GetString(3))));

    public IReadOnlyList<string> Children(string id) => Query("SELECT id FROM instances WHERE parent = $id", row => row.GetString(0), ("$id", id));

    /// <summary>By id, after the given one; one more than a page tells that there is another.</summary>
    public IReadOnlyList<InstanceRow> Page(
        string? after, int most, string? prefix, DateTime? from, DateTime? to, IReadOnlyCollection<OrchestrationRuntimeStatus>? statuses)
    {
        var wanted = statuses is { Count: > 0 } ? $"AND status IN ({string.Join(", ", statuses.Select(status => (int)status))})" : "";
        return Query(
            $"""
            SELECT {Columns} FROM instances
            WHERE id > $after AND ($prefix = '' OR substr(id, 1, length($prefix)) = $prefix) AND created >= $from AND created <= $to {wanted}
            ORDER BY id LIMIT $most
            """,
            ReadRow,
            ("$after", after ?? ""), ("$prefix", prefix ?? ""), ("$from", (from ?? DateTime.MinValue).Ticks), ("$to", (to ?? DateTime.MaxValue).Ticks), ("$most", most));
    }

    /// <summary>Lets go of the file.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class, and numbers of an enumeration.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static InstanceRow ReadRow(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Time(row, 5))
    {
        Status = (OrchestrationRuntimeStatus)row.GetInt32(4),
        UpdatedAt = Time(row, 6),
        ParentId = Text(row, 7),
        Input = Text(row, 8),
        Output = Text(row, 9),
        CustomStatus = Text(row, 10),
        Failure = HistoryJson.ReadFailure(Text(row, 11)),
        Tags = HistoryJson.ReadTags(Text(row, 12)),
        Processed = row.GetInt32(13),
    };

    private static HistoryEvent ReadEvent(SqliteDataReader row) => Parse($"{row.GetString(0)} at {row.GetInt32(1)}", row.GetString(2));

    private static HistoryEvent Parse(string where, string text)
    {
        try
        {
            return HistoryJson.Read(text);
        }
        // The second for an event of no kind, or of one that this host does not know.
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new HostStartException($"The durable history is damaged: an event of instance {where} does not read as one. Restore its folder from a copy, or move it away to start afresh.", e);
        }
    }

    private static DateTime Time(SqliteDataReader row, int column) => new(row.GetInt64(column), DateTimeKind.Utc);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
