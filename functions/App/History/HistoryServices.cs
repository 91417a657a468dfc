using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.History;

internal static class HistoryServices
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
