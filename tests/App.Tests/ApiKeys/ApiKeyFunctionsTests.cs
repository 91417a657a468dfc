using ChatLoop.App.ApiKeys;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.ApiKeys;

[Collection(AzuriteTests.Name)]
public sealed class ApiKeyFunctionsTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_key_is_shown_once_and_stored_as_its_hash()
    {
        var (functions, store, account) = await CreateAsync();

        var (status, made) = await Loop.ExecuteAsync(functions.MakeAsync(Loop.Request(json: """{ "name": "tests", "user": "ada", "tokensPerDay": 5 }"""), default));
        var (_, list) = await Loop.ExecuteAsync(functions.ListAsync(Loop.Request(), default));

        var key = (string)made["key"]!;
        Assert.Equal(201, status);
        Assert.Matches("^cl-[A-Za-z0-9_-]{43}$", key);
        Assert.Equal((60, 5), ((int)made["limits"]!["requestsPerMinute"]!, (int)made["limits"]!["tokensPerDay"]!));
        Assert.Equal("ada", (await store.FindAsync(key, default))!.User);
        Assert.DoesNotContain(key, list.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hash", list.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var row = await account.Tables.ApiKeys.QueryAsync<Azure.Data.Tables.TableEntity>().SingleAsync();
        Assert.DoesNotContain(key, System.Text.Encoding.Latin1.GetString(row.GetBinary("Json00")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_revoked_key_stays_in_the_list_and_is_found_no_more()
    {
        var (functions, store, _) = await CreateAsync();
        var (stored, key) = await store.MakeAsync("tests", "ada", new ApiKeyLimits(1, 1, 1), default);

        var (status, revoked) = await Loop.ExecuteAsync(functions.RevokeAsync(Loop.Request(), stored.Id, default));
        var (again, _) = await Loop.ExecuteAsync(functions.RevokeAsync(Loop.Request(), stored.Id, default));
        var (unknown, _) = await Loop.ExecuteAsync(functions.RevokeAsync(Loop.Request(), "no id", default));

        Assert.Equal((200, 200, 404), (status, again, unknown));
        Assert.NotNull(revoked["revokedAt"]);
        Assert.Null(await store.FindAsync(key, default));
        Assert.NotNull(Assert.Single(await store.ListAsync(default)).RevokedAt);
    }

    [SkippableTheory]
    [InlineData("""{ "user": "ada" }""", "missing_name")]
    [InlineData("""{ "name": "n", "user": "not an id" }""", "invalid_user")]
    [InlineData("""{ "name": "n", "user": "ada", "requestsPerMinute": 0 }""", "out_of_range")]
    [InlineData("""{ "name": """, "invalid_json")]
    public async Task Bad_input_makes_no_key(string json, string code)
    {
        var (functions, store, _) = await CreateAsync();

        var (status, body) = await Loop.ExecuteAsync(functions.MakeAsync(Loop.Request(json: json), default));

        Assert.Equal((400, code), (status, (string?)body["error"]!["code"]));
        Assert.Empty(await store.ListAsync(default));
    }

    [SkippableFact]
    public async Task A_users_keys_are_exported_without_their_hash_and_purged()
    {
        var (_, store, account) = await CreateAsync();
        var (_, hers) = await store.MakeAsync("tests", "ada", new ApiKeyLimits(1, 1, 1), default);
        var (_, his) = await store.MakeAsync("tests", "bob", new ApiKeyLimits(1, 1, 1), default);
        var ofUser = new ApiKeysOfUser(store, new KeyUses(account.Tables, TimeProvider.System));

        var exported = (await ofUser.ExportAsync("ada", default))!.AsArray();
        await ofUser.PurgeAsync("ada", default);

        Assert.DoesNotContain("hash", Assert.Single(exported)!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((0, 1), (await ofUser.CountAsync("ada", default), await ofUser.CountAsync("bob", default)));
        Assert.Null(await store.FindAsync(hers, default));
        Assert.NotNull(await store.FindAsync(his, default));
    }

    private async Task<(ApiKeyFunctions Functions, ApiKeyStore Store, Account Account)> CreateAsync()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var store = new ApiKeyStore(account.Tables, TimeProvider.System, NullLogger<ApiKeyStore>.Instance);
        return (new ApiKeyFunctions(store, Create(new ApiKeyOptions())), store, account);
    }
}
