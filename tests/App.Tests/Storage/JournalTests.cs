using System.Text.Json.Serialization;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Storage;

[Collection(AzuriteTests.Name)]
public sealed partial class JournalTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task What_is_said_at_once_all_stands_in_lines()
    {
        var journal = (await Account.CreateAsync(azurite.ConnectionString)).Journal;

        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => journal.AppendAsync("ann", "feedback", $"{n}", SaidJson.Default.String, CancellationToken.None)));

        var name = Assert.Single(await journal.ListAsync("ann", CancellationToken.None));
        Assert.Equal("feedback-0000.jsonl", name);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"\"{n}\""), (await journal.ReadAsync("ann", name, CancellationToken.None)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [SkippableFact]
    public async Task A_purge_takes_everything_of_one_person_and_nothing_of_another()
    {
        var journal = (await Account.CreateAsync(azurite.ConnectionString)).Journal;
        foreach (var (user, kind) in new[] { ("ann", "feedback"), ("ann", "submissions"), ("bob", "feedback") })
            await journal.AppendAsync(user, kind, "said", SaidJson.Default.String, CancellationToken.None);

        Assert.Equal(2, await journal.PurgeAsync("ann", CancellationToken.None));

        Assert.Empty(await journal.ListAsync("ann", CancellationToken.None));
        Assert.Single(await journal.ListAsync("bob", CancellationToken.None));
    }

    [JsonSerializable(typeof(string))]
    internal sealed partial class SaidJson : JsonSerializerContext;
}
