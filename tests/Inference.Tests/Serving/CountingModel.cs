using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests.Serving;

/// <summary>Answers with its name, when its gate is open; notes whether anybody used it after its end.</summary>
internal sealed class CountingModel(string name) : IChatClient
{
    private int _inside;

    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsBroken { get; set; }

    public bool IsDisposed { get; private set; }

    public bool WasMisused { get; private set; }

    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (IsBroken) throw new InvalidOperationException("the graph gives no numbers");
        if (options?.MaxOutputTokens != 1) await InsideAsync(cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, name)) { ModelId = name };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        messages.Any() ? StreamAsync(cancellationToken) : throw new ArgumentException("There is no message.", nameof(messages));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", defaultModelId: name) : null;

    public void Dispose()
    {
        WasMisused |= IsDisposed || Volatile.Read(ref _inside) > 0;
        IsDisposed = true;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, name);
        await InsideAsync(cancellationToken);
        yield return new ChatResponseUpdate(ChatRole.Assistant, name);
    }

    private async Task InsideAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inside);
        WasMisused |= IsDisposed;
        Asked.TrySetResult();
        await Gate.WaitAsync(cancellationToken);
        await Task.Yield();
        WasMisused |= IsDisposed;
        Interlocked.Decrement(ref _inside);
    }
}
