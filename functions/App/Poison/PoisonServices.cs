using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Poison;

internal static class PoisonServices
{
    public static IServiceCollection AddPoison(this IServiceCollection services)
    {
        services.AddSingleton<FailedMessages>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<Requeue>();
        return services.AddSingleton<IUserData, FailedMessagesOfUser>();
    }
}
