using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Feedback;

internal static class FeedbackServices
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddSingleton<FeedbackStore>();
        return services.AddSingleton<IUserData>(provider => provider.GetRequiredService<FeedbackStore>());
    }
}
