using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Moderation;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Chat;

internal static class ChatServices
{
    public static IServiceCollection AddChat(this IServiceCollection services)
    {
        services.AddOptions<TurnOptions>().BindConfiguration(TurnOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ChatRequestReader>();
        services.AddSingleton<Turns>();
        services.AddSingleton<TurnWait>();
        services.AddSingleton<PreludeScreening>();
        return services.AddSingleton<TurnModerator>();
    }
}
