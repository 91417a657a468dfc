using ChatLoop.Inference.Serving;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.Inference;

/// <summary>Loads the model when the host starts: a damaged folder ends the start, not the first question.</summary>
internal sealed class ModelLoader(ServingChatClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Asking for the client was what loaded it.
        _ = client.Serving;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
