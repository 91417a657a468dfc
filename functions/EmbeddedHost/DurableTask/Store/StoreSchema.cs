using System.Globalization;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Data.Sqlite;

namespace Microsoft.DurableTask.Store;

/// <summary>The tables, their version, and how the file is opened.</summary>
internal static class StoreSchema
{
    /// <summary>Raised with every change of the tables or of how events are written.</summary>
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE instances (
            id TEXT PRIMARY KEY, execution TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, status INTEGER NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL, parent TEXT, input TEXT, output TEXT, custom_status TEXT,
            failure TEXT, tags TEXT, processed INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX instances_unfinished ON instances (id) WHERE status IN (0, 6, 7);
        CREATE INDEX instances_parent ON instances (parent) WHERE parent IS NOT NULL;
        CREATE TABLE history (
            instance TEXT NOT NULL, sequence INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (instance, sequence)) WITHOUT ROWID;
        CREATE TABLE inbox (id INTEGER PRIMARY KEY, instance TEXT NOT NULL, execution TEXT, event TEXT NOT NULL);
        """;

    /// <summary>A connection that writes: every commit is on the disk when it returns.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        try
        {
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
            if (Scalar(connection, "PRAGMA quick_check(1)") is var check && check != "ok")
                throw new HostStartException($"The durable history {path} is damaged ({check.ReplaceLineEndings(" ")}): restore its folder from a copy, or move it away to start afresh.");
            Prepare(connection, path);
            return connection;
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        var found = int.Parse(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found == Version)
            return;
        if (found != 0 || Scalar(connection, "SELECT count(*) FROM sqlite_schema") != "0")
            throw new HostStartException($"The durable history {path} is of version {found}, and this host reads version {Version}: run the app with the host that wrote it, or move the file away to start afresh.");
        Run(connection, $"BEGIN; {Tables} PRAGMA user_version = {Version}; COMMIT;");
    }

    private static string Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
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
