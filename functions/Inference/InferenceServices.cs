using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.Inference;

public static class InferenceServices
{
    /// <summary>
    /// Adds the chat model as <see cref="IChatClient"/> (<see cref="ServingChatClient"/>, which can swap it for another), with <see cref="InferenceOptions"/> bound to the configuration's
    /// `Inference` section and checked at the start, when the model is loaded too.
    /// </summary>
    public static IServiceCollection AddOnnxChatClient(this IServiceCollection services, Action<InferenceOptions>? configure = null)
    {
        var options = services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<InferenceOptions>>().Value;
            var (logger, clock) = (provider.GetService<ILogger<OnnxChatClient>>(), provider.GetService<TimeProvider>());
            return new ServingChatClient(
                Path.Combine(AppContext.BaseDirectory, settings.ModelPath),
                folder => new OnnxChatClient(settings.For(folder), logger, clock),
                provider.GetService<ILogger<ServingChatClient>>(),
                clock);
        });
        services.AddSingleton<IChatClient>(provider => provider.GetRequiredService<ServingChatClient>());
        return services.AddHostedService<ModelLoader>();
    }
}
