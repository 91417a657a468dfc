using ChatLoop.Core.Moderation;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.Inference.Moderation;

/// <summary>Loads the model and the policy when the host starts, and judges one text: what is wrong ends the start, not the first question.</summary>
internal sealed class ModeratorLoader(OnnxModerator moderator) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await moderator.ModerateAsync("warm-up", ModerationDirection.Question, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
