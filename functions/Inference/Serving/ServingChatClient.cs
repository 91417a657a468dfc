using System.Runtime.CompilerServices;
using ChatLoop.Core.ModelFolders;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.Inference.Serving;

/// <summary>
/// Serves one model and swaps it for another that is loaded beside it: requests under way end on the model that they began on, new
/// ones take the new one, and the old one is disposed after its last request. No request waits for a swap, and none is lost to it.
/// </summary>
public sealed class ServingChatClient : IChatClient
{
    private readonly Func<string, IChatClient> _load;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _swaps = new(1);
    private ServedModel? _current;

    /// <summary>Loads the first model, as <see cref="ServedVersion.Shipped"/>.</summary>
    /// <param name="load">Opens a model's folder.</param>
    /// <exception cref="ModelFolderException">The folder cannot be used.</exception>
    public ServingChatClient(string folder, Func<string, IChatClient> load, ILogger<ServingChatClient>? logger = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        (_load, _logger, _clock) = (load, logger ?? NullLogger<ServingChatClient>.Instance, clock ?? TimeProvider.System);
        ShippedFolder = Path.GetFullPath(folder);
        _current = Served(load(ShippedFolder), ServedVersion.Shipped, ShippedFolder);
    }

    /// <summary>The folder of the settings, to which one can always go back.</summary>
    public string ShippedFolder { get; }

    public ServedVersion Serving => Current.Version;

    /// <summary>How busy the model that serves is; null where it does not tell.</summary>
    public EngineLoad? Load => Current.Client.GetService(typeof(EngineLoad)) as EngineLoad;

    private ServedModel Current => Volatile.Read(ref _current) ?? throw new ObjectDisposedException(nameof(ServingChatClient));

    /// <summary>Loads a folder, has it write a token, and lets it serve. Where that fails, everything stays as it was.</summary>
    /// <exception cref="ModelFolderException">The folder is missing, incomplete, damaged or of an unknown kind, or the model does not answer.</exception>
    public async Task SwapAsync(string version, string folder, CancellationToken cancellationToken = default)
    {
        await _swaps.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var next = await OpenAsync(version, folder, cancellationToken).ConfigureAwait(false);
            var before = Interlocked.Exchange(ref _current, next) ?? throw new ObjectDisposedException(nameof(ServingChatClient));
            _logger.ModelSwapped(before.Version.Version, version, next.Version.Name);
            before.Leave();
        }
        finally
        {
            _swaps.Release();
        }
    }

    /// <summary>Loads a folder beside the model that serves, under the same settings, and has it write a token. The caller is its first user.</summary>
    /// <exception cref="ModelFolderException">The folder is missing, incomplete, damaged or of an unknown kind, or the model does not answer.</exception>
    public async Task<ServedModel> OpenAsync(string version, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        var client = await Task.Run(() => _load(folder), cancellationToken).ConfigureAwait(false);
        try
        {
            await TryOutAsync(client, folder, cancellationToken).ConfigureAwait(false);
            return Served(client, version, folder);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The model that serves, for requests that must all go to the same one: until the caller leaves it, it stays, whatever serves.</summary>
    public ServedModel Enter()
    {
        // A model that is gone has made way for another.
        ServedModel model;
        do model = Current;
        while (!model.TryEnter());
        return model;
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var model = Enter();
        try
        {
            return await model.Client.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            model.Leave();
        }
    }

    /// <inheritdoc />
    /// <remarks>Errors of the request are thrown by this call, not by the enumeration.</remarks>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] kept = [.. messages];
        // The request is read here for its errors, and again where it is enumerated: a model held for a stream that nobody reads would never be let go.
        var model = Enter();
        try
        {
            _ = model.Client.GetStreamingResponseAsync(kept, options, cancellationToken);
        }
        finally
        {
            model.Leave();
        }

        return StreamAsync(kept, options, cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        // Not the model's own client: whoever held it would use it beyond its end.
        return serviceType == typeof(ChatClientMetadata) || serviceType == typeof(EngineLoad) ? Current.Client.GetService(serviceType) : null;
    }

    /// <summary>Serves no more; the model is freed after its last request. No swap may be under way.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _current, null)?.Leave();
        _swaps.Dispose();
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ChatMessage[] messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = Enter();
        try
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)) yield return update;
        }
        finally
        {
            model.Leave();
        }
    }

    private ServedModel Served(IChatClient client, string version, string folder)
    {
        var name = (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? version;
        return new ServedModel(client, new ServedVersion(version, name, folder, _clock.GetUtcNow()));
    }

    private static async Task TryOutAsync(IChatClient client, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello!")], new ChatOptions { MaxOutputTokens = 1 }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ModelFolderException($"Model folder {folder}: it loads, but does not answer: {e.Message}", e);
        }
    }
}
