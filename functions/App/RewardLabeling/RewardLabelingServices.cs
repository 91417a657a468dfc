using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.RewardLabeling;

internal static class RewardLabelingServices
{
    public static IServiceCollection AddRewardLabeling(this IServiceCollection services)
    {
        services.AddSingleton<RewardScores>();
        services.AddSingleton<RewardRequests>();
        services.AddSingleton<Disagreements>();
        services.AddSingleton<AnswerScoring>();
        return services.AddSingleton<IUserData, ScoresOfUser>();
    }
}
