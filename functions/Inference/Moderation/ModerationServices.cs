using ChatLoop.Core.Moderation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.Inference.Moderation;

public static class ModerationServices
{
    /// <summary>
    /// Adds the moderation model as <see cref="IModerator"/>, with <see cref="ModerationOptions"/> bound to the configuration's
    /// `Moderation` section and checked at the start, when the model and the policy are loaded too.
    /// </summary>
    public static IServiceCollection AddOnnxModerator(this IServiceCollection services, Action<ModerationOptions>? configure = null)
    {
        var options = services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<ModerationOptions>>().Value;
            var policy = settings.PolicyPath.Length == 0 ? ModerationPolicy.Empty : ModerationPolicy.Load(Path.Combine(AppContext.BaseDirectory, settings.PolicyPath));
            return new OnnxModerator(Path.Combine(AppContext.BaseDirectory, settings.ModelPath), policy, provider.GetService<ILogger<OnnxModerator>>());
        });
        services.AddSingleton<IModerator>(provider => provider.GetRequiredService<OnnxModerator>());
        return services.AddHostedService<ModeratorLoader>();
    }
}
