using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Models;

/// <summary>
/// Models by version, for work that names one: the one that serves, and others, which are opened when they are first asked for and kept
/// for a while. Of these, those that were not used for the longest time make way.
/// </summary>
public sealed class ModelClients(ModelCache cache, ServingChatClient serving, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelClients> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly List<(ServedModel Model, DateTimeOffset UsedAt)> others = [];

    /// <param name="version">Null for the one that serves.</param>
    /// <returns>A model that stays until the caller leaves it.</returns>
    /// <exception cref="ModelFolderException">There is no such version, or it is damaged, or it does not answer.</exception>
    internal async Task<ServedModel> EnterAsync(string? version, CancellationToken cancellationToken)
    {
        var current = serving.Enter();
        if (version is null || version == current.Version.Version)
            return current;
        current.Leave();

        await gate.WaitAsync(cancellationToken);
        try
        {
            var place = others.FindIndex(other => other.Model.Version.Version == version);
            var model = place >= 0 ? others[place].Model : await OpenAsync(version, cancellationToken);
            if (place >= 0)
                others.RemoveAt(place);
            others.Add((model, time.GetUtcNow()));
            // Never refused: what is kept here is in use by this class.
            model.TryEnter();
            return model;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets go of what nobody has asked for in a while.</summary>
    internal async Task LeaveIdleAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (others.Count > 0 && time.GetUtcNow() >= others[0].UsedAt + options.Value.KeepOthersFor)
                LeaveOldest();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        while (others.Count > 0)
            LeaveOldest();
        gate.Dispose();
    }

    private async Task<ServedModel> OpenAsync(string version, CancellationToken cancellationToken)
    {
        var folder = await cache.FolderAsync(version, cancellationToken);
        // First, so that there are never more in memory than are allowed.
        while (others.Count >= options.Value.MostOthers)
            LeaveOldest();
        logger.OtherModelOpened(version);
        return await serving.OpenAsync(version, folder, cancellationToken);
    }

    private void LeaveOldest()
    {
        logger.OtherModelLeft(others[0].Model.Version.Version);
        others[0].Model.Leave();
        others.RemoveAt(0);
    }
}
