using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Moderation.Review;

internal static class ReviewServices
{
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddOptions<ReviewOptions>().BindConfiguration(ReviewOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReportStore>();
        return services.AddSingleton<IUserData>(provider => provider.GetRequiredService<ReportStore>());
    }
}
