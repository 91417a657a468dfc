using ChatLoop.App.Models;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Models;

[Collection(AzuriteTests.Name)]
public sealed class ModelStoreTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task The_same_files_are_published_once_and_come_back_as_they_were()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);

        var first = await models.Store.PublishAsync(models.Create("better"), new ModelOrigin("run-1", "shipped", "data"), CancellationToken.None);
        var again = await models.Store.PublishAsync(models.Create("better"), new ModelOrigin("run-2", "shipped", "data"), CancellationToken.None);
        var other = await models.Store.PublishAsync(models.Create("other"), new ModelOrigin("run-2", first.Version, "data"), CancellationToken.None);

        Assert.Equal("run-1", again.Origin.RunId);
        Assert.Equal(first.Version, again.Version);
        Assert.Equal([other.Version, first.Version], (await models.Store.ListAsync(CancellationToken.None)).Select(version => version.Version));
        var folder = await models.Cache.FolderAsync(first.Version, CancellationToken.None);
        Assert.Equal("better", await File.ReadAllTextAsync(Path.Combine(folder, "onnx", "model.onnx")));
        Assert.Equal("better", ModelManifest.Verify(folder, ModelManifest.ChatKind).Name);
    }

    [SkippableFact]
    public async Task A_publication_that_was_cut_off_is_no_version_until_it_is_done_again()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        var version = await models.PublishAsync("better");
        await account.Container.DeleteBlobAsync($"{ModelStore.Folder}{version}/{ModelStore.VersionFile}");
        Assert.Empty(await models.Store.ListAsync(CancellationToken.None));

        Assert.Equal(version, await models.PublishAsync("better"));

        Assert.Single(await models.Store.ListAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_damaged_file_in_the_cache_is_fetched_again_and_one_in_the_store_is_refused()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        var version = await models.PublishAsync("better");
        var folder = await models.Cache.FolderAsync(version, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(folder, "onnx", "model.onnx"), "bitter");

        Assert.Equal(folder, await models.Cache.FolderAsync(version, CancellationToken.None));

        Assert.Equal("better", await File.ReadAllTextAsync(Path.Combine(folder, "onnx", "model.onnx")));
        Directory.Delete(folder, recursive: true);
        await account.Container.GetBlobClient($"{ModelStore.Folder}{version}/onnx/model.onnx").UploadAsync(new BinaryData("bitter"), overwrite: true);
        var failure = await Assert.ThrowsAsync<ModelFolderException>(() => models.Cache.FolderAsync(version, CancellationToken.None));
        Assert.Contains("onnx/model.onnx", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(models.Options.CacheFolder));
    }

    [SkippableFact]
    public async Task A_folder_that_holds_no_chat_model_is_not_published()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        using var models = new ModelFolders(account);
        var folder = models.Create("better");
        await File.WriteAllTextAsync(Path.Combine(folder, "onnx", "model.onnx"), "bitter");

        await Assert.ThrowsAsync<ModelFolderException>(() => models.Store.PublishAsync(folder, new ModelOrigin(null, null, null), CancellationToken.None));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("onnx/../../outside")]
    public void A_files_name_does_not_lead_out_of_its_folder(string file) =>
        Assert.Throws<ModelFolderException>(() => FolderHash.PathOf(Path.Combine(Path.GetTempPath(), "version"), file));
}
