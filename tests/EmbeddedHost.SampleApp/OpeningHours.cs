using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace SampleApp;

/// <summary>An app's own start: fails when the setting says so, as a missing model would.</summary>
public sealed class OpeningHours(IConfiguration settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => settings["Closed"] switch
    {
        null => Task.CompletedTask,
        "model" => throw new InvalidDataException("models/chat/model.onnx is damaged:\nits hash differs from the manifest's; build it again."),
        var bug => throw new ArgumentNullException(bug),
    };

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
