using Microsoft.Extensions.AI;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>A model that says what the test has it say, and keeps what it was asked.</summary>
internal sealed class ChatModel(Func<CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    public ChatModel(string text)
        : this(_ => Task.FromResult(Response(text)))
    {
    }

    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Asked { get; } = [];

    public bool IsDisposed { get; private set; }

    public static ChatResponse Response(string text) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3 },
    };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add(([.. messages], options));
        return answer(cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => IsDisposed = true;
}
