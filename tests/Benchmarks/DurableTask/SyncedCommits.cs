using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ChatLoop.Benchmarks.DurableTask;

/// <summary>What this disk asks for one small row that is really on it: the bound of everything durable.</summary>
internal static class SyncedCommits
{
    private const int Count = 500;

    public static List<double> Measure(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "CREATE TABLE IF NOT EXISTS rows (value TEXT)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows VALUES ('one small row of about the size of an event in a history')";
        var milliseconds = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            insert.ExecuteNonQuery();
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return milliseconds;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
