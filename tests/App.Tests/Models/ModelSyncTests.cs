using System.Text.Json.Nodes;
using ChatLoop.App.Models;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Models;

[Collection(AzuriteTests.Name)]
public sealed class ModelSyncTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task An_instance_takes_what_becomes_current_and_goes_back_to_what_was_shipped()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        await models.Sync.SyncAsync(CancellationToken.None);
        Assert.Equal(ServedVersion.Shipped, models.Client.Serving.Version);
        var version = await models.PublishAsync("better");

        await models.Current.ChangeAsync("change-1", version, "adam", "it is better", CancellationToken.None);
        await models.Sync.SyncAsync(CancellationToken.None);

        Assert.Equal((version, "better"), (models.Client.Serving.Version, await models.AnswerAsync()));
        await models.Current.ChangeAsync("change-2", ServedVersion.Shipped, "adam", "it is not", CancellationToken.None);
        await models.Sync.SyncAsync(CancellationToken.None);
        Assert.Equal((ServedVersion.Shipped, "shipped"), (models.Client.Serving.Version, await models.AnswerAsync()));
        var history = (await models.Current.ReadAsync(CancellationToken.None)).History;
        Assert.Equal([("shipped", version, "it is not"), (version, "shipped", "it is better")], history.Select(change => (change.Version, change.From!, change.Reason)));
    }

    [SkippableFact]
    public async Task A_version_that_does_not_answer_is_reported_and_the_old_one_goes_on_until_another_is_current()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        models.Broken.Add("broken");
        var broken = await models.PublishAsync("broken");
        await models.Current.ChangeAsync("change-1", broken, "adam", "", CancellationToken.None);

        await models.Sync.SyncAsync(CancellationToken.None);

        Assert.Equal(broken, models.Sync.Failure!.Version);
        Assert.Contains("the graph gives no numbers", models.Sync.Failure.Message, StringComparison.Ordinal);
        Assert.Equal("shipped", await models.AnswerAsync());
        var better = await models.PublishAsync("better");
        await models.Current.ChangeAsync("change-2", better, "adam", "", CancellationToken.None);
        await models.Sync.SyncAsync(CancellationToken.None);
        Assert.Null(models.Sync.Failure);
        Assert.Equal("better", await models.AnswerAsync());
    }

    [SkippableFact]
    public async Task A_change_asked_for_twice_is_made_once_and_simultaneous_changes_are_all_kept()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        await models.Current.ChangeAsync("run", "a", "adam", "", CancellationToken.None);
        await models.Current.ChangeAsync("back", ServedVersion.Shipped, "adam", "", CancellationToken.None);

        Assert.Equal(ServedVersion.Shipped, (await models.Current.ChangeAsync("run", "a", "adam", "", CancellationToken.None)).Version);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => models.Current.ChangeAsync($"change-{i}", $"v{i}", "adam", "", CancellationToken.None)));
        Assert.Equal(6, (await models.Current.ReadAsync(CancellationToken.None)).History.Count);
    }

    [SkippableFact]
    public async Task One_call_makes_a_version_current_and_serves_it_here_at_once()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        var functions = new ModelFunctions(
            models.Store, models.Current, models.Sync, models.Client, new CurrentUser(Options.Create(new UserOptions())), NullLogger<ModelFunctions>.Instance);
        var version = await models.PublishAsync("better");

        Assert.Equal(404, (await PostAsync(functions, """{ "version": "0123456789abcdef" }""")).Status);
        Assert.Equal(400, (await PostAsync(functions, "{}")).Status);
        Assert.Equal(400, (await PostAsync(functions, "no JSON")).Status);
        var (status, body) = await PostAsync(functions, $$"""{ "version": "{{version}}", "reason": "better" }""");

        Assert.Equal(200, status);
        Assert.Equal(version, body["serving"]!.GetValue<string>());
        Assert.Equal("adam", body["history"]![0]!["by"]!.GetValue<string>());
        Assert.Equal("better", await models.AnswerAsync());
        var (_, list) = await Loop.ExecuteAsync(functions.ListAsync(Loop.Request(), CancellationToken.None));
        Assert.Equal(version, list["current"]!.GetValue<string>());
        Assert.Equal([version, "shipped"], list["versions"]!.AsArray().Select(item => item!["version"]!.GetValue<string>()));
    }

    private static Task<(int Status, JsonNode Body)> PostAsync(ModelFunctions functions, string body) =>
        Loop.ExecuteAsync(functions.SetCurrentAsync(Loop.Request("adam", body), CancellationToken.None));
}
