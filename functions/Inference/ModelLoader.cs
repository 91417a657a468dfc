using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.Inference;

/// <summary>Loads the model when the host starts: a damaged folder ends the start, not the first question.</summary>
internal sealed class ModelLoader(OnnxChatClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Asking for the client was what loaded it.
        _ = client.GetService(typeof(ChatClientMetadata));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
