using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatLoop.Inference.Rewards;

public static class RewardServices
{
    /// <summary>
    /// Adds the reward model as <see cref="RewardModel"/>, with <see cref="RewardOptions"/> bound to the configuration's `Reward`
    /// section and checked at the start, when the model is loaded too.
    /// </summary>
    public static IServiceCollection AddRewardModel(this IServiceCollection services, Action<RewardOptions>? configure = null)
    {
        var options = services.AddOptions<RewardOptions>().BindConfiguration(RewardOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var path = provider.GetRequiredService<IOptions<RewardOptions>>().Value.ModelPath;
            return new RewardModel(path.Length == 0 ? null : RewardScorer.Open(Path.Combine(AppContext.BaseDirectory, path)));
        });
        return services.AddHostedService<RewardLoader>();
    }
}
