using ChatLoop.Core.Chat;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatLoop.Inference.Rewards;

/// <summary>Loads the reward model when the host starts, and scores one answer: a damaged folder ends the start, not the first message.</summary>
internal sealed class RewardLoader(RewardModel model, ILogger<RewardLoader> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (model.Scorer is not { } scorer)
        {
            logger.RewardModelMissing();
            return Task.CompletedTask;
        }

        scorer.Score([[(ChatRole.User, "warm-up"), (ChatRole.Assistant, "warm-up")]]);
        logger.RewardModelLoaded(scorer.Name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
