using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Dashboard;

internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<QueueFigures>();
        services.AddSingleton<FeedbackFigures>();
        return services.AddSingleton<Overview>();
    }
}
