using System.Text.Json.Serialization;
using ChatLoop.App.Storage;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Storage;

[Collection(AzuriteTests.Name)]
public sealed partial class RowStoreTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Writers_at_once_lose_nothing()
    {
        var store = await StoreAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => store.ChangeAsync("p", "r", old => new Notes([.. old?.Texts ?? [], $"{n}"]))));

        Assert.Equal(Enumerable.Range(0, 8).Select(n => $"{n}"), (await store.FindAsync("p", "r"))!.Texts.Order());
    }

    [SkippableFact]
    public async Task A_record_of_many_chunks_is_read_as_it_was_written()
    {
        var store = await StoreAsync();
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 20).Select(_ => string.Concat(Enumerable.Range(0, 16_000).Select(_ => (char)random.Next('a', 'z'))))];

        await store.ChangeAsync("p", "r", _ => new Notes(texts));

        Assert.Equal(texts, (await store.FindAsync("p", "r"))!.Texts);
    }

    [SkippableFact]
    public async Task A_record_larger_than_a_row_says_so()
    {
        var store = await StoreAsync();
        var bytes = new byte[1_200_000];
        new Random(1).NextBytes(bytes);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => store.ChangeAsync("p", "r", _ => new Notes([Convert.ToBase64String(bytes)])));

        Assert.Contains("a table row holds", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_change_that_changes_nothing_keeps_the_row_as_it_is()
    {
        var store = await StoreAsync();
        await store.ChangeAsync("p", "r", _ => new Notes(["1"]));
        var before = (await store.Table.GetEntityAsync<Azure.Data.Tables.TableEntity>("p", "r")).Value.ETag;

        await store.ChangeAsync("p", "r", old => old);

        Assert.Equal(before, (await store.Table.GetEntityAsync<Azure.Data.Tables.TableEntity>("p", "r")).Value.ETag);
    }

    [SkippableFact]
    public async Task Deleting_twice_tells_that_nothing_was_there()
    {
        var store = await StoreAsync();
        await store.ChangeAsync("p", "r", _ => new Notes(["1"]));

        Assert.True(await store.DeleteAsync("p", "r"));
        Assert.False(await store.DeleteAsync("p", "r"));
    }

    private async Task<RowStore<Notes>> StoreAsync() =>
        new((await Account.CreateAsync(azurite.ConnectionString)).Tables.Users, NotesJson.Default.Notes, TimeProvider.System);

    internal sealed record Notes(IReadOnlyList<string> Texts);

    [JsonSerializable(typeof(Notes))]
    internal sealed partial class NotesJson : JsonSerializerContext;
}
