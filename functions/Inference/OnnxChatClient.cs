using System.Runtime.CompilerServices;
using System.Text;
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
/// threads are welcome, and those beyond <see cref="InferenceOptions.MaxConcurrentGenerations"/> wait their turn.
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
    private readonly SemaphoreSlim _turns;
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
        _turns = new SemaphoreSlim(options.MaxConcurrentGenerations);
        _metadata = new ChatClientMetadata("chatloop", defaultModelId: _folder.Name);
        _logger.ModelLoaded(_folder.Name, _folder.Path, _folder.Config.NumHiddenLayers, _model.Vocabulary, _model.ContextTokens, _model.SharesCache ? "shared" : "growing");
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The messages or options ask for what this client does not do, or are out of range.</exception>
    /// <exception cref="PromptTooLongException">The question leaves no room for an answer.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Read(messages, options);
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (text, generation) = await Task.Run(() => Generate(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            var id = Guid.NewGuid().ToString("N");
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, text) { MessageId = id })
            {
                ResponseId = id,
                ModelId = _folder.Name,
                CreatedAt = _clock.GetUtcNow(),
                FinishReason = FinishReason(generation),
                Usage = Usage(request, generation),
            };
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc />
    /// <remarks>The last update bears the finish reason and the usage. Errors of the request are thrown by this call, not by the enumeration.</remarks>
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
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model; no call may be under way.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _turns.Dispose();
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
        return new GenerationRequest(prompt.Ids, sampling, Math.Min(maxTokens, _model.ContextTokens - prompt.Ids.Length), _stopIds, [.. options?.StopSequences ?? []]);
    }

    private (string Text, AnswerGeneration Generation) Generate(GenerationRequest request, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        using var generation = new AnswerGeneration(_model, _tokenizer, request);
        try
        {
            var text = new StringBuilder();
            while (generation.Stopped is null) text.Append(generation.Step(cancellationToken));
            _logger.Answered(request.Prompt.Length, generation.Tokens.Count, FinishReason(generation).Value, _clock.GetElapsedTime(started).TotalMilliseconds);
            return (text.ToString(), generation);
        }
        catch (OperationCanceledException)
        {
            _logger.AnswerCancelled(generation.Tokens.Count);
            throw;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var started = _clock.GetTimestamp();
            var id = Guid.NewGuid().ToString("N");
            using var generation = new AnswerGeneration(_model, _tokenizer, request);
            while (generation.Stopped is null)
            {
                string text;
                try
                {
                    text = await Task.Run(() => generation.Step(cancellationToken), cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    _logger.AnswerCancelled(generation.Tokens.Count);
                    throw;
                }

                if (text.Length > 0) yield return Update(id, new TextContent(text));
            }

            _logger.Answered(request.Prompt.Length, generation.Tokens.Count, FinishReason(generation).Value, _clock.GetElapsedTime(started).TotalMilliseconds);
            var last = Update(id, new UsageContent(Usage(request, generation)));
            last.FinishReason = FinishReason(generation);
            yield return last;
        }
        finally
        {
            _turns.Release();
        }
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

    private static UsageDetails Usage(GenerationRequest request, AnswerGeneration generation) => new()
    {
        InputTokenCount = request.Prompt.Length,
        OutputTokenCount = generation.Tokens.Count,
        TotalTokenCount = request.Prompt.Length + generation.Tokens.Count,
    };
}
