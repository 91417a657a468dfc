using Azure.Storage.Blobs;
using ChatLoop.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Models;

internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ModelStore(provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ModelPointer(provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ModelCache>();
        services.AddSingleton<ModelClients>();
        services.AddSingleton<ModelSync>();
        return services.AddHostedService(provider => provider.GetRequiredService<ModelSync>());
    }
}
