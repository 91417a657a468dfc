using ChatLoop.App.Models;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;

namespace ChatLoop.App.Tests.Models;

[Collection(AzuriteTests.Name)]
public sealed class ModelClientsTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task The_serving_model_is_used_as_it_serves_and_another_is_opened_once()
    {
        using var models = await ModelsAsync();
        var version = await models.PublishAsync("better");

        Assert.Equal((ServedVersion.Shipped, "shipped"), await AskAsync(models, null));
        Assert.Equal((ServedVersion.Shipped, "shipped"), await AskAsync(models, ServedVersion.Shipped));
        Assert.Equal((version, "better"), await AskAsync(models, version));
        Assert.Equal((version, "better"), await AskAsync(models, version));

        Assert.Equal(["shipped", "better"], models.Loaded.Select(loaded => loaded.Graph));
        Assert.Equal("shipped", await models.AnswerAsync());
    }

    [SkippableFact]
    public async Task What_was_shipped_is_another_version_while_a_later_one_serves()
    {
        using var models = await ModelsAsync();
        var version = await models.PublishAsync("better");
        await models.Client.SwapAsync(version, await models.Cache.FolderAsync(version, CancellationToken.None));

        Assert.Equal((version, "better"), await AskAsync(models, null));
        Assert.Equal((ServedVersion.Shipped, "shipped"), await AskAsync(models, ServedVersion.Shipped));
    }

    [SkippableFact]
    public async Task The_model_used_least_recently_makes_way_and_is_disposed_after_its_last_request()
    {
        using var models = await ModelsAsync();
        string[] versions = [await models.PublishAsync("a"), await models.PublishAsync("b"), await models.PublishAsync("c")];
        var used = await models.Clients.EnterAsync(versions[0], CancellationToken.None);
        await AskAsync(models, versions[1]);
        await AskAsync(models, versions[2]);
        Assert.Equal("a", (await used.Client.GetResponseAsync("Hello!")).Text);
        Assert.False(Loaded(models, "a").IsDisposed);

        used.Leave();

        Assert.True(Loaded(models, "a").IsDisposed);
        await AskAsync(models, versions[1]);
        await AskAsync(models, versions[0]);
        Assert.Equal(["shipped", "a", "b", "c", "a"], models.Loaded.Select(loaded => loaded.Graph));
        Assert.Equal((false, true), (Loaded(models, "b").IsDisposed, Loaded(models, "c").IsDisposed));
    }

    [SkippableFact]
    public async Task What_nobody_asks_for_is_not_kept()
    {
        using var models = await ModelsAsync();
        string[] versions = [await models.PublishAsync("a"), await models.PublishAsync("b")];
        await AskAsync(models, versions[0]);
        models.Clock.Now += models.Options.KeepOthersFor / 2;
        await AskAsync(models, versions[1]);
        models.Clock.Now += models.Options.KeepOthersFor / 2;

        await models.Clients.LeaveIdleAsync(CancellationToken.None);

        Assert.Equal((true, false), (Loaded(models, "a").IsDisposed, Loaded(models, "b").IsDisposed));
    }

    [SkippableTheory]
    [InlineData("0123456789abcdef", "no version 0123456789abcdef")]
    [InlineData("../shipped", "no version ../shipped")]
    [InlineData(null, "the graph gives no numbers")]
    public async Task A_model_that_cannot_be_had_is_told_and_nothing_is_kept_of_it(string? version, string reason)
    {
        using var models = await ModelsAsync();
        models.Broken.Add("broken");
        version ??= await models.PublishAsync("broken");

        var failure = await Assert.ThrowsAsync<ModelFolderException>(() => models.Clients.EnterAsync(version, CancellationToken.None));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.All(models.Loaded.Where(loaded => loaded.Graph == "broken"), loaded => Assert.True(loaded.Model.IsDisposed));
        Assert.Equal("shipped", await models.AnswerAsync());
    }

    private static async Task<(string Version, string Text)> AskAsync(ModelFolders models, string? version)
    {
        var model = await models.Clients.EnterAsync(version, CancellationToken.None);
        try
        {
            return (model.Version.Version, (await model.Client.GetResponseAsync("Hello!")).Text);
        }
        finally
        {
            model.Leave();
        }
    }

    private static ChatModel Loaded(ModelFolders models, string graph) => models.Loaded.First(loaded => loaded.Graph == graph).Model;

    private async Task<ModelFolders> ModelsAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
