using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.ApiKeys;

internal static class ApiKeyServices
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<KeyUses>();
        return services.AddSingleton<IUserData, ApiKeysOfUser>();
    }
}
