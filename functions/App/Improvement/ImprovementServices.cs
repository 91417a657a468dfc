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
        services.AddSingleton<ITrainingJob, LocalTrainingJob>();
        services.AddSingleton<ImprovementRuns>();
        services.AddSingleton<ImprovementStarts>();
        return services.AddSingleton(provider => new ImprovementReports(provider.GetRequiredKeyedService<BlobContainerClient>(StorageServices.Container)));
    }
}
