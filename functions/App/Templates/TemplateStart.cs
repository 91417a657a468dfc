using ChatLoop.Core.Templates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Templates;

/// <summary>Reads the templates when the host starts: a hole in them ends the start, not the turn that falls into it.</summary>
internal sealed class TemplateStart(TemplateCatalogue templates, ILogger<TemplateStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.TemplatesLoaded(string.Join(", ", templates.Languages));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
