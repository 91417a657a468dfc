using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Streaming;

internal static class StreamingServices
{
    public static IServiceCollection AddStreaming(this IServiceCollection services)
    {
        services.AddOptions<StreamingOptions>().BindConfiguration(StreamingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TurnStreams>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<ReleasedText>();
        return services.AddSingleton<TurnEvents>();
    }
}
