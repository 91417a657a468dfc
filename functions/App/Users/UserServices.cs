using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Users;

internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<UserOptions>().BindConfiguration(UserOptions.Section);
        return services.AddSingleton<CurrentUser>();
    }
}
