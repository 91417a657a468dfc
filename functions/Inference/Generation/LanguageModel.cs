using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Inference.Generation;

/// <summary>The graph in memory, shared by all requests.</summary>
internal sealed class LanguageModel : IDisposable
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string PositionIds = "position_ids";
    public const string LogitsToKeep = "num_logits_to_keep";
    public const string Logits = "logits";

    private LanguageModel(InferenceSession session, ChatModelFolder folder, int contextTokens)
    {
        Session = session;
        Vocabulary = folder.Config.VocabSize;
        ContextTokens = contextTokens;
        TakesPositions = session.InputMetadata.ContainsKey(PositionIds);
        Cache = ReadCache(session, folder);
        LogitsToKeepShape = (session.InputMetadata.GetValueOrDefault(LogitsToKeep) ?? session.OverridableInitializerMetadata.GetValueOrDefault(LogitsToKeep))
            ?.Dimensions.Select(d => (long)d).ToArray();
        SharesCache = folder.SharesCache;
        Check(folder);
    }

    public InferenceSession Session { get; }

    /// <summary>Logits a step.</summary>
    public int Vocabulary { get; }

    /// <summary>The longest sequence.</summary>
    public int ContextTokens { get; }

    public bool TakesPositions { get; }

    /// <summary>Shape of the input that says how many positions' logits are wanted; null where the graph has none.</summary>
    public long[]? LogitsToKeepShape { get; }

    public bool SharesCache { get; }

    public IReadOnlyList<CacheTensor> Cache { get; }

    /// <exception cref="ModelFolderException">The graph is damaged, or not one that is understood here.</exception>
    public static LanguageModel Open(ChatModelFolder folder, int threads, int contextTokens)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads > 0 ? threads : Environment.ProcessorCount, InterOpNumThreads = 1 };
        // Hugging Face's optional inputs are initializers with a default, of which ONNX Runtime would warn at every start.
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        InferenceSession session;
        try
        {
            session = new InferenceSession(folder.GraphPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw Wrong(folder, $"damaged, or no graph that ONNX Runtime can run: {e.Message}", e);
        }

        try
        {
            var limit = folder.Config.MaxPositionEmbeddings;
            return new LanguageModel(session, folder, contextTokens > 0 ? Math.Min(contextTokens, limit) : limit);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Slots for sequences; to be disposed before the model.</summary>
    /// <param name="prefixBytes">The most memory for what sequences that ended have read; graphs with a growing cache keep nothing.</param>
    public IBatch NewBatch(int slots, long prefixBytes) => SharesCache ? new SharedCacheBatch(this, slots, prefixBytes) : new GrowingCacheBatch(this, slots);

    public void Dispose() => Session.Dispose();

    private static List<CacheTensor> ReadCache(InferenceSession session, ChatModelFolder folder)
    {
        var cache = new List<CacheTensor>();
        for (var i = 0; i < folder.Config.NumHiddenLayers; i++)
        {
            foreach (var part in (string[])["key", "value"])
            {
                var (past, present) = ($"past_key_values.{i}.{part}", $"present.{i}.{part}");
                if (!session.InputMetadata.TryGetValue(past, out var input)) throw Wrong(folder, $"the graph has no input {past}.");
                if (!session.OutputMetadata.ContainsKey(present)) throw Wrong(folder, $"the graph has no output {present}.");
                if (input.ElementDataType != TensorElementType.Float) throw Wrong(folder, $"{past} is {input.ElementDataType}; only float32 is run here, export with dtype fp32.");
                if (input.Dimensions is not [_, > 0, _, > 0]) throw Wrong(folder, $"{past} does not say how many heads there are and how wide.");
                cache.Add(new CacheTensor(past, present, input.Dimensions[1], input.Dimensions[3]));
            }
        }

        return cache;
    }

    private void Check(ChatModelFolder folder)
    {
        var known = Cache.Select(c => c.Past).Concat([InputIds, AttentionMask, PositionIds, LogitsToKeep]).ToHashSet(StringComparer.Ordinal);
        if (Session.InputMetadata.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown) throw Wrong(folder, $"the graph's input {unknown} is not known here.");
        foreach (var name in (string[])[InputIds, AttentionMask])
        {
            if (!Session.InputMetadata.ContainsKey(name)) throw Wrong(folder, $"the graph has no input {name}.");
        }

        if (!Session.OutputMetadata.TryGetValue(Logits, out var logits)) throw Wrong(folder, $"the graph has no output {Logits}.");
        if (logits.ElementDataType != TensorElementType.Float) throw Wrong(folder, $"{Logits} is {logits.ElementDataType}; only float32 is run here, export with dtype fp32.");
        if (logits.Dimensions is [_, _, > 0 and var vocabulary] && vocabulary != Vocabulary) throw Wrong(folder, $"the graph has {vocabulary} logits, config.json {Vocabulary} tokens.");
        if (SharesCache && (LogitsToKeepShape is null || !TakesPositions)) throw Wrong(folder, $"a graph with a shared cache must have the inputs {PositionIds} and {LogitsToKeep}.");
    }

    private static ModelFolderException Wrong(ChatModelFolder folder, string reason, Exception? inner = null) =>
        new(folder.Path, Path.GetRelativePath(folder.Path, folder.GraphPath).Replace('\\', '/'), reason, inner);
}
