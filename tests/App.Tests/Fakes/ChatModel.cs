using System.Runtime.CompilerServices;
using ChatLoop.Inference;
using Microsoft.Extensions.AI;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>A model that says what the test has it say, and keeps what it was asked.</summary>
internal sealed class ChatModel(Func<CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    public ChatModel(string text)
        : this(_ => Task.FromResult(Response(text)))
    {
    }

    /// <summary>Called before each piece of a streamed answer.</summary>
    public Func<int, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public int PieceLength { get; init; } = 4;

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

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        var pieces = response.Text.Chunk(PieceLength).Select(piece => new string(piece)).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            await Before(i, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[i]);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(response.Usage!)]) { FinishReason = response.FinishReason };
    }

    /// <summary>How busy it says it is.</summary>
    public EngineLoad? Load { get; set; }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EngineLoad) ? Load : null;

    public void Dispose() => IsDisposed = true;
}
