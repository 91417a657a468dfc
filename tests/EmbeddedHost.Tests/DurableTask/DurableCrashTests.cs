using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableCrashTests : IDisposable
{
    private const int Kills = 3;
    private const int Lanes = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("durable-crash-");

    public DurableCrashTests() =>
        File.WriteAllText(Path.Combine(_folder.FullName, "host.json"), """{ "version": "2.0", "logging": { "logLevel": { "default": "Warning" } } }""");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_under_load_again_and_again_it_loses_no_accepted_instance_and_records_each_result_once()
    {
        const int seed = 20261125;
        var random = new Random(seed);
        var accepted = new ConcurrentBag<string>();
        for (var round = 0; round < Kills; round++)
        {
            await using var app = await DurableProcess.StartAsync(_folder.FullName);
            var before = accepted.Count;
            var enough = before + 10 + random.Next(120);
            var load = Enumerable.Range(0, Lanes).Select(lane => LoadAsync(app.Http, $"r{round}-l{lane}", accepted)).ToList();
            // The moment is so many accepted instances into the load, each of them somewhere in its work.
            while (accepted.Count < enough)
                await Task.WhenAny(Task.WhenAny(load), Task.Delay(1));
            await app.KillAsync();
            await Task.WhenAll(load);
            Assert.True(accepted.Count >= enough, app.Output);
        }

        await using (var app = await DurableProcess.StartAsync(_folder.FullName))
        {
            foreach (var id in accepted)
                Assert.Equal($"Completed \"visited-{id}-1 visited-{id}-2 visited-{id}-3\"", await app.Http.GetStringAsync(new Uri($"api/errands/{id}", UriKind.Relative)));
            await app.KillAsync();
        }
        AssertHistory(accepted);
    }

    [Fact]
    public async Task A_second_process_on_the_same_store_ends_with_one_line()
    {
        await using var first = await DurableProcess.StartAsync(_folder.FullName);
        await using var second = DurableProcess.Launch(_folder.FullName);
        Assert.Equal(1, await second.UntilEndAsync());
        Assert.Equal(
            $"Cannot start: Another process runs the orchestrations in {Path.Combine(_folder.FullName, "durable")}: stop it, or give this one its own folder with EmbeddedHost__DataPath.",
            second.Output.Trim());
    }

    private static async Task LoadAsync(HttpClient http, string prefix, ConcurrentBag<string> accepted)
    {
        for (var i = 0; ; i++)
        {
            var id = $"{prefix}-{i}";
            try
            {
                using var response = await http.PostAsync(new Uri($"api/errands/{id}", UriKind.Relative), content: null);
                response.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException)
            {
                // The process is gone; whether this one was accepted nobody was told.
                return;
            }
            accepted.Add(id);
        }
    }

    /// <summary>Two activities of its own and one of its sub-orchestration, each with one result, however often it ran.</summary>
    private void AssertHistory(IReadOnlyCollection<string> accepted)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "durable", "durable.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT json_extract(event, '$.result'), count(*) FROM history WHERE json_extract(event, '$.kind') = 'taskCompleted' GROUP BY 1
            """;
        var results = new Dictionary<string, int>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            results.Add(reader.GetString(0).Trim('"'), reader.GetInt32(1));
        Assert.All(results, result => Assert.Equal(1, result.Value));
        Assert.All(accepted, id => Assert.All(Enumerable.Range(1, 3), step => Assert.Contains($"visited-{id}-{step}", results.Keys)));
    }
}
