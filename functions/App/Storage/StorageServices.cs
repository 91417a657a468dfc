using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Storage;

internal static class StorageServices
{
    /// <summary>The container of the loop, as opposed to that of the conversations.</summary>
    public const string Container = "loop";

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TableServiceClient>(provider => StorageConnection.OpenTables(provider.GetRequiredService<IConfiguration>(), Options(provider).Connection));
        services.AddSingleton<QueueServiceClient>(provider => StorageConnection.OpenQueues(provider.GetRequiredService<IConfiguration>(), Options(provider).Connection));
        services.AddKeyedSingleton<BlobContainerClient>(Container, (provider, _) =>
            StorageConnection.OpenBlobs(provider.GetRequiredService<IConfiguration>(), Options(provider).Connection).GetBlobContainerClient(Options(provider).Container));
        services.AddSingleton(provider => new AppTables(provider.GetRequiredService<TableServiceClient>(), Options(provider).TablePrefix));
        services.AddSingleton(provider => new Journal(provider.GetRequiredKeyedService<BlobContainerClient>(Container)));
        services.AddSingleton<MessageSender>();
        return services.AddHostedService(provider => new StorageStart(
            provider.GetRequiredService<AppTables>(), provider.GetRequiredService<QueueServiceClient>(), provider.GetRequiredKeyedService<BlobContainerClient>(Container)));
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;
}
