using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Generation;
using ChatLoop.Inference.Models;
using ChatLoop.Inference.Prompts;
using ChatLoop.Inference.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.Inference;

/// <summary>
/// A chat model from a folder, run by ONNX Runtime on the CPU. The model is loaded once and shared: calls from many
/// threads are welcome and take their steps together, those beyond <see cref="InferenceOptions.MaxConcurrentGenerations"/>
/// wait their turn, and those beyond <see cref="InferenceOptions.MaxQueuedGenerations"/> are refused.
/// </summary>
public sealed class OnnxChatClient : IChatClient
{
    private readonly InferenceOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ChatModelFolder _folder;
    private readonly TextTokenizer _tokenizer;
    private readonly PromptWriter _prompts;
    private readonly LanguageModel _model;
    private readonly HashSet<int> _stopIds;
    private readonly Engine _engine;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Loads the model.</summary>
    /// <exception cref="ModelFolderException">The folder is missing, incomplete, damaged or of an unknown kind.</exception>
    public OnnxChatClient(InferenceOptions options, ILogger<OnnxChatClient>? logger = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger ?? NullLogger<OnnxChatClient>.Instance;
        _clock = clock ?? TimeProvider.System;
        _folder = ChatModelFolder.Open(Path.Combine(AppContext.BaseDirectory, options.ModelPath));
        _tokenizer = TextTokenizer.Open(_folder.TokenizerPath);
        if (_tokenizer.Size > _folder.Config.VocabSize)
        {
            throw new ModelFolderException(_folder.Path, "tokenizer.json", $"has token ids up to {_tokenizer.Size - 1}, config.json only {_folder.Config.VocabSize} tokens: they do not belong together.");
        }

        _prompts = new PromptWriter(PromptFormats.Recognise(_folder), _tokenizer, _folder.Path);
        _stopIds = [_prompts.EndId, .. EosTokenIds()];
        _model = LanguageModel.Open(_folder, options.Threads, options.ContextTokens);
        _engine = new Engine(
            _model.NewBatch(options.MaxConcurrentGenerations, options.PrefixCacheMegabytes * 1_000_000L),
            new EngineSettings(options.MaxConcurrentGenerations, options.MaxQueuedGenerations, options.PrefillChunkTokens),
            _clock,
            _logger);
        _metadata = new ChatClientMetadata("chatloop", defaultModelId: _folder.Name);
        _logger.ModelLoaded(_folder.Name, _folder.Path, _folder.Config.NumHiddenLayers, _model.Vocabulary, _model.ContextTokens, _model.SharesCache ? "shared" : "growing");
    }

    internal Engine Engine => _engine;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The messages or options ask for what this client does not do, or are out of range.</exception>
    /// <exception cref="PromptTooLongException">The question leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">Too many requests wait already.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (id, text) = (Guid.NewGuid().ToString("N"), "");
        var answer = NewAnswer(Read(messages, options));
        await foreach (var piece in GenerateAsync(answer, streamed: false, cancellationToken).ConfigureAwait(false)) text += piece;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text) { MessageId = id })
        {
            ResponseId = id,
            ModelId = _folder.Name,
            CreatedAt = _clock.GetUtcNow(),
            FinishReason = FinishReason(answer),
            Usage = Usage(answer),
        };
    }

    /// <inheritdoc />
    /// <remarks>
    /// The last update bears the finish reason and the usage. Errors of the request are thrown by this call, not by the enumeration;
    /// the enumeration queues it, and throws <see cref="EngineBusyException"/> where too many wait already.
    /// </remarks>
    /// <exception cref="ArgumentException">The messages or options ask for what this client does not do, or are out of range.</exception>
    /// <exception cref="PromptTooLongException">The question leaves no room for an answer.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(Read(messages, options), cancellationToken);

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(EngineLoad) ? _engine.Load
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model after the step under way; calls that have not ended fail.</summary>
    public void Dispose()
    {
        _engine.Dispose();
        _model.Dispose();
    }

    // The model's own defaults are as wrong as a caller's would be: better said now than to every question.
    private IReadOnlyList<int> EosTokenIds()
    {
        try
        {
            RequestReader.Sampling(null, _folder.Generation);
            return _folder.Generation.EosTokenIds();
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new ModelFolderException(_folder.Path, "generation_config.json", e.Message, e);
        }
    }

    private GenerationRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RequestReader.RefuseUnsupported(options, _folder.Name);
        var turns = RequestReader.Turns(messages, options);
        var sampling = RequestReader.Sampling(options, _folder.Generation);
        var maxTokens = options?.MaxOutputTokens ?? _options.MaxOutputTokens;

        // The answer keeps its room, but never more than half of the context: a longer one is cut there ("length").
        var room = Math.Min(maxTokens, _model.ContextTokens / 2);
        var prompt = _prompts.Write(turns, _model.ContextTokens - room);
        _logger.PromptReady(prompt.Ids.Length, prompt.DroppedTurns);
        return new GenerationRequest(prompt.Ids, sampling, Math.Min(maxTokens, _model.ContextTokens - prompt.Ids.Length), _stopIds, [.. options?.StopSequences ?? []])
        {
            Caller = RequestReader.Caller(options),
        };
    }

    private AnswerGeneration NewAnswer(GenerationRequest request) => new(_tokenizer, _model.Vocabulary, request);

    private async IAsyncEnumerable<string> GenerateAsync(AnswerGeneration answer, bool streamed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _clock.GetTimestamp();
        var sequence = new Sequence(answer, streamed);
        _engine.Submit(sequence);
        try
        {
            while (await sequence.Pieces.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (sequence.Pieces.TryRead(out var piece))
                {
                    // The engine may have written more in the meantime: it is not for who has cancelled.
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return piece;
                }
            }

            _logger.Answered(answer.Request.Prompt.Length, answer.Tokens.Count, FinishReason(answer).Value, _clock.GetElapsedTime(started).TotalMilliseconds);
        }
        finally
        {
            _engine.Leave(sequence);
            if (cancellationToken.IsCancellationRequested) _logger.AnswerCancelled(answer.Tokens.Count);
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = NewAnswer(request);
        await foreach (var text in GenerateAsync(answer, streamed: true, cancellationToken).ConfigureAwait(false)) yield return Update(id, new TextContent(text));
        var last = Update(id, new UsageContent(Usage(answer)));
        last.FinishReason = FinishReason(answer);
        yield return last;
    }

    private ChatResponseUpdate Update(string id, AIContent content) => new(ChatRole.Assistant, [content])
    {
        ResponseId = id,
        MessageId = id,
        ModelId = _folder.Name,
        CreatedAt = _clock.GetUtcNow(),
    };

    private static ChatFinishReason FinishReason(AnswerGeneration generation) =>
        generation.Stopped == StopReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;

    private static UsageDetails Usage(AnswerGeneration generation) => new()
    {
        InputTokenCount = generation.Request.Prompt.Length,
        OutputTokenCount = generation.Tokens.Count,
        TotalTokenCount = generation.Request.Prompt.Length + generation.Tokens.Count,
    };
}
