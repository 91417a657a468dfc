using Azure.Storage.Blobs;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Conversations;

internal static class ConversationServices
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddOptions<ConversationOptions>().BindConfiguration(ConversationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BlobContainerClient>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ConversationOptions>>().Value;
            return StorageConnection.OpenBlobs(provider.GetRequiredService<IConfiguration>(), options.Connection).GetBlobContainerClient(options.Container);
        });
        services.AddSingleton<RecentConversations>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<ConversationList>();
        services.AddSingleton<ConversationSearch>();
        services.AddSingleton<ConversationRemoval>();
        services.AddSingleton<IUserData, ConversationsOfUser>();
        return services.AddHostedService<ContainerStart>();
    }
}
