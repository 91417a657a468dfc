using System.Text.Json;
using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Orchestrations;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.DurableTask;

internal static class DurableServices
{
    /// <summary>The durable runtime; hosted before what triggers functions, so that these find it running and it outlives them.</summary>
    public static void AddDurableTask(this IServiceCollection services)
    {
        // As the official worker reads; apps change it with services.Configure<JsonSerializerOptions>.
        services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        services.AddSingleton<DataConverter, JsonDataConverter>();
        services.AddSingleton<Orchestrators>();
        services.AddSingleton<ActivityRunner>();
        services.AddSingleton<DurableRuntime>();
        services.AddSingleton<DurableTaskClient, EmbeddedClient>();
        services.AddHostedService(provider => provider.GetRequiredService<DurableRuntime>());
    }
}
