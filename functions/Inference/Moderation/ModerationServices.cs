using ChatLoop.Core.Moderation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.Inference.Moderation;

public static class ModerationServices
{
    /// <summary>
    /// Adds the moderation model as <see cref="IModerator"/> and the policy, with <see cref="ModerationOptions"/> bound to the configuration's
    /// `Moderation` section and checked at the start, when the model and the policy are loaded too.
    /// </summary>
    public static IServiceCollection AddOnnxModerator(this IServiceCollection services, Action<ModerationOptions>? configure = null)
    {
        var options = services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ModerationOptions>>().Value.PolicyPath is { Length: > 0 } path
            ? ModerationPolicy.Load(Path.Combine(AppContext.BaseDirectory, path))
            : ModerationPolicy.Empty);
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<ModerationOptions>>().Value;
            return new OnnxModerator(Path.Combine(AppContext.BaseDirectory, settings.ModelPath), provider.GetRequiredService<ModerationPolicy>(), provider.GetService<ILogger<OnnxModerator>>());
        });
        services.AddSingleton<IModerator>(provider => provider.GetRequiredService<OnnxModerator>());
        return services.AddHostedService<ModeratorLoader>();
    }
}
