using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Store;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableStoreTests
{
    public static class Functions
    {
        [Function(nameof(Waits))]
        public static Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("go");
    }

    [Fact]
    public async Task A_second_host_on_the_same_store_is_refused_in_one_line()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var refused = Assert.Throws<HostStartException>(() => HistoryStore.Open(Path.Combine(app.Folder, "durable"), "durable"));
        Assert.Contains("Another process runs the orchestrations in", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_damaged_store_ends_the_start_in_one_line_and_is_left_as_it_is()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits));
        await app.StopAsync();
        var path = Path.Combine(app.Folder, "durable", "durable.db");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(4096, 4096).Fill(0xAB);
        await File.WriteAllBytesAsync(path, bytes);

        var failure = await Assert.ThrowsAsync<HostStartException>(app.StartAsync);
        Assert.Contains("restore its folder from a copy, or move it away to start afresh", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_store_of_another_version_is_not_touched()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.StopAsync();
        Execute(app, "PRAGMA user_version = 99");
        var failure = await Assert.ThrowsAsync<HostStartException>(app.StartAsync);
        Assert.Contains("is of version 99, and this host reads version 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_does_not_read_ends_the_start_and_names_its_instance()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), new StartOrchestrationOptions("broken"));
        await app.StopAsync();
        Execute(app, "UPDATE history SET event = '{}'");
        var failure = await Assert.ThrowsAsync<HostStartException>(app.StartAsync);
        Assert.Contains("an event of instance broken at 0 does not read as one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_is_synced_at_every_commit()
    {
        var folder = Directory.CreateTempSubdirectory("durable-tests-");
        try
        {
            using var connection = StoreSchema.Open(Path.Combine(folder.FullName, "sync.db"));
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT journal_mode || ' ' || synchronous FROM pragma_journal_mode, pragma_synchronous";
            // 2 is FULL.
            Assert.Equal("wal 2", command.ExecuteScalar());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_hub_name_that_is_none_ends_the_start()
    {
        await using var app = new DurableApp(typeof(Functions)) { Settings = "\"hubName\": \"../up\"" };
        Assert.Contains("extensions.durableTask.hubName", (await Assert.ThrowsAsync<HostStartException>(app.StartAsync)).Message, StringComparison.Ordinal);
    }

    private static void Execute(DurableApp app, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(app.Folder, "durable", "durable.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
