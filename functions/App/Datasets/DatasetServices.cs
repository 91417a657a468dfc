using Azure.Storage.Blobs;
using ChatLoop.App.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Datasets;

internal static class DatasetServices
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddOptions<DatasetBuildOptions>().BindConfiguration(DatasetBuildOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new DatasetSalt(
            provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container), provider.GetRequiredService<IOptions<DatasetBuildOptions>>()));
        services.AddSingleton<DatasetsOfUser>();
        services.AddSingleton(provider => new DatasetStore(provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container)));
        services.AddSingleton<JudgementGatherer>();
        return services.AddSingleton<DatasetBuilder>();
    }
}
