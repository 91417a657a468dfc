using Azure.Identity;
using Azure.Storage.Blobs;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement;

internal static class ImprovementServices
{
    public static IServiceCollection AddImprovement(this IServiceCollection services)
    {
        services.AddOptions<ImprovementOptions>().BindConfiguration(ImprovementOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GateOptions>().BindConfiguration(GateOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TrainerFiles>();
        services.AddOptions<ContainerAppsOptions>().BindConfiguration(ContainerAppsOptions.Section);
        services.AddSingleton<ITrainingJob>(provider =>
            provider.GetRequiredService<IOptions<ImprovementOptions>>().Value.Job == ImprovementOptions.ContainerAppsJob
                ? new ContainerAppsTrainingJob(
                    provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container), ContainerApps(provider.GetRequiredService<IOptions<ContainerAppsOptions>>()))
                : new LocalTrainingJob(provider.GetRequiredService<TrainerFiles>()));
        services.AddSingleton<ImprovementRuns>();
        services.AddSingleton<ImprovementStarts>();
        return services.AddSingleton(provider => new ImprovementReports(provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container)));
    }

    private static ContainerAppsClient ContainerApps(IOptions<ContainerAppsOptions> options)
    {
        var client = options.Value.ClientId;
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client.Length > 0 ? client : null });
        return new ContainerAppsClient(new HttpClient(), credential, options);
    }
}
