using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Users;

internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<UserOptions>().BindConfiguration(UserOptions.Section);
        services.AddSingleton<UserItemIndex>();
        return services.AddSingleton<CurrentUser>();
    }
}
