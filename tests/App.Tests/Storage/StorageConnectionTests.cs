using ChatLoop.App.Storage;
using Microsoft.Extensions.Configuration;

namespace ChatLoop.App.Tests.Storage;

public sealed class StorageConnectionTests
{
    [Theory]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://ours.blob.core.windows.net", "https://ours.blob.core.windows.net/")]
    [InlineData("AzureWebJobsStorage:accountName", "ours", "https://ours.blob.core.windows.net/")]
    public void A_connection_has_the_forms_that_Azure_knows(string setting, string value, string address)
    {
        Assert.Equal(new Uri(address), StorageConnection.OpenBlobs(Settings(setting, value), "AzureWebJobsStorage").Uri);
    }

    [Theory]
    [InlineData("Other", "UseDevelopmentStorage=true")]
    [InlineData("AzureWebJobsStorage", "nonsense; with a key")]
    public void A_connection_that_is_none_is_named_and_not_shown(string setting, string value)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => StorageConnection.OpenBlobs(Settings(setting, value), "AzureWebJobsStorage"));

        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", failure.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string name, string value) => new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
