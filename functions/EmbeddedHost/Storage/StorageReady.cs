using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker.Azurite;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Storage;

/// <summary>Sees that every storage account the app names answers, and starts Azurite for the emulator's.</summary>
internal sealed class StorageReady(FunctionCatalog catalog, IConfiguration settings, AzuriteProcess azurite) : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private Task? _check;

    /// <summary>Begins, in the background.</summary>
    public void Begin() => _check = Task.Run(() => CheckAsync(_abandoned.Token));

    /// <exception cref="HostStartException">A storage account does not answer as it must.</exception>
    public Task WaitAsync() => _check ?? throw new InvalidOperationException("The host has not begun to look for its storage.");

    /// <summary>For a start that has failed: when this returns, nothing is being started any more.</summary>
    public async Task AbandonAsync()
    {
        await _abandoned.CancelAsync();
        await WaitAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _abandoned.Dispose();

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var setting in Settings())
        {
            var connection = StorageConnection.Find(setting, settings);
            if (connection is null && setting == StorageConnection.Default && !UsesQueues(setting))
                continue;
            if (connection is null)
                throw new HostStartException($"The setting {setting}, a storage connection that a queue function uses, is not set: add it to local.settings.json (Values) or the environment.");
            if (connection.ConnectionString is { } text && DevelopmentStorage.Find(text) is { } emulator)
                await azurite.EnsureAsync(emulator, cancellationToken);
            else
                await CheckAsync(connection, cancellationToken);
        }
    }

    private IEnumerable<string> Settings() => QueueSettings().Prepend(StorageConnection.Default).Distinct(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<string> QueueSettings() => catalog.Functions.SelectMany(f => f.Outputs.Connections)
        .Concat(catalog.With<QueueTriggerAttribute>().Select(q => q.Trigger.Connection))
        .Select(connection => connection ?? StorageConnection.Default);

    private bool UsesQueues(string setting) => QueueSettings().Contains(setting, StringComparer.OrdinalIgnoreCase);

    private static async Task CheckAsync(StorageConnection connection, CancellationToken cancellationToken)
    {
        if (connection is { ConnectionString: null, BlobService: null })
            return;
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(300), Mode = RetryMode.Fixed, NetworkTimeout = TimeSpan.FromSeconds(10) } };
        var client = connection.Blobs(options);
        try
        {
            await client.GetPropertiesAsync(cancellationToken);
        }
        // An identity may have rights to its own containers and queues and none to the account's properties: that it was recognised is enough.
        catch (RequestFailedException e) when (e.ErrorCode is "AuthorizationPermissionMismatch" or "AuthorizationFailure")
        {
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            throw new HostStartException($"The storage account {client.Uri.Host} refused the credentials in {connection.Setting} ({e.ErrorCode}): check the account's key or the identity's role.", e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new HostStartException($"No identity could sign in to the storage account {client.Uri.Host} ({connection.Setting}): sign in (az login) or check the managed identity.", e);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new HostStartException($"The storage account at {client.Uri.Host}:{client.Uri.Port} ({connection.Setting}) cannot be reached: check the account's name and the network, or set UseDevelopmentStorage=true.", e);
        }
    }
}
