using ChatLoop.App.Users.Purging;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Users;

internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<UserOptions>().BindConfiguration(UserOptions.Section);
        services.AddSingleton<CurrentUser>();
        services.AddSingleton<UserItemIndex>();
        services.AddSingleton<PurgeStore>();
        services.AddSingleton<ConsentStore>();
        services.AddSingleton<IUserData>(provider => provider.GetRequiredService<ConsentStore>());
        return services.AddSingleton<IUserData, SaidByUser>();
    }
}
