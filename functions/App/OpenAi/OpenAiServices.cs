using ChatLoop.App.OpenAi.Completions;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.OpenAi;

internal static class OpenAiServices
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services)
    {
        services.AddOptions<OpenAiOptions>().BindConfiguration(OpenAiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenAiDoor>();
        services.AddSingleton<CompletionReader>();
        services.AddSingleton<CompletionStream>();
        services.AddSingleton<ReleasedAnswers>();
        return services.AddSingleton<CompletionTurns>();
    }
}
