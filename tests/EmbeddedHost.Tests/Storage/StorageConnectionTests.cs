using System.Net;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.Configuration;

namespace ChatLoop.EmbeddedHost.Tests.Storage;

public sealed class StorageConnectionTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "10000, 10001, 10002")]
    [InlineData("usedevelopmentstorage=True;", "10000, 10001, 10002")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=x;BlobEndpoint=http://127.0.0.1:7000/devstoreaccount1;QueueEndpoint=http://localhost:8000/devstoreaccount1", "7000, 8000, 7002")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=x;QueueEndpoint=http://[::1]:8001/devstoreaccount1", "8000, 8001, 8002")]
    [InlineData("UseDevelopmentStorage=false", null)]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://other", null)]
    [InlineData("AccountName=mine;AccountKey=x;BlobEndpoint=http://127.0.0.1:7000/mine", null)]
    [InlineData("AccountName=devstoreaccount1;AccountKey=x;BlobEndpoint=http://azurite:10000/devstoreaccount1", null)]
    [InlineData("no connection string", null)]
    public void Find_knows_the_emulator_on_this_machine_and_nothing_else(string connectionString, string? ports) =>
        Assert.Equal(ports, DevelopmentStorage.Find(connectionString)?.ToString());

    [Fact]
    public void A_connection_is_looked_for_in_Azures_order_and_by_identity_too()
    {
        Assert.Equal("a", Find("Orders", ("Orders", "c"), ("ConnectionStrings:Orders", "b"), ("AzureWebJobsOrders", "a"))?.ConnectionString);
        Assert.Equal("b", Find("Orders", ("Orders", "c"), ("ConnectionStrings:Orders", "b"))?.ConnectionString);
        Assert.Equal(new Uri("https://mine.queue.core.windows.net"), Find("Orders", ("Orders:accountName", "mine"))?.QueueService);
        Assert.Equal(new Uri("https://q.example"), Find("Deep__Orders", ("Deep:Orders:queueServiceUri", "https://q.example"))?.QueueService);
        Assert.Null(Find("Orders", ("Orders", "")));
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_told_without_showing_it()
    {
        var failure = await StartFailureAsync("AccountName=mine;AccountKy=secret");

        Assert.Equal("AzureWebJobsStorage is not a storage connection string: copy it again from the storage account's access keys, or use UseDevelopmentStorage=true.", failure);
    }

    [Fact]
    public async Task An_account_that_refuses_the_key_is_told()
    {
        using var account = new HttpListener();
        var port = FreePorts.One();
        account.Prefixes.Add($"http://127.0.0.1:{port}/");
        account.Start();
        var refusing = Task.Run(async () =>
        {
            var request = await account.GetContextAsync();
            request.Response.StatusCode = 403;
            request.Response.Headers["x-ms-error-code"] = "AuthenticationFailed";
            request.Response.Close();
        });

        var failure = await StartFailureAsync($"AccountName=mine;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:{port}/mine");
        await refusing;

        Assert.Equal("The storage account 127.0.0.1 refused the credentials in AzureWebJobsStorage (AuthenticationFailed): check the account's key or the identity's role.", failure);
    }

    private static async Task<string> StartFailureAsync(string connectionString) => (await Assert.ThrowsAsync<HostStartException>(
        () => new TestApp { Settings = new Dictionary<string, string> { ["AzureWebJobsStorage"] = connectionString } }.StartAsync())).Message;

    private static StorageConnection? Find(string setting, params (string Key, string Value)[] settings) => StorageConnection.Find(
        setting, new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build());
}
