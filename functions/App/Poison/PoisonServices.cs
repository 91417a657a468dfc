using Azure.Storage.Queues;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Poison;

internal static class PoisonServices
{
    public static IServiceCollection AddPoison(this IServiceCollection services)
    {
        services.AddSingleton<FailedMessages>();
        services.AddKeyedSingleton<QueueServiceClient>(UnreadableMessages.AsTheyAre, (provider, _) => StorageConnection.OpenQueues(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IOptions<StorageOptions>>().Value.Connection, QueueMessageEncoding.None));
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<Requeue>();
        return services.AddSingleton<IUserData, FailedMessagesOfUser>();
    }
}
