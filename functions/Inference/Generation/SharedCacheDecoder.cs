using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// For our own graphs: each layer's keys and values lie in one buffer as long as the context, bound as past and as
/// present. A step writes its tokens in place; nothing is copied and, beyond the first use, nothing allocated.
/// </summary>
internal sealed class SharedCacheDecoder : IDecoder
{
    // Prompts are read in pieces: attention's working memory grows with piece × context, and pieces are where a prompt can be cancelled.
    private const int PieceLength = 256;

    private readonly LanguageModel _model;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _fixed = [];
    private readonly long[] _ids;
    private readonly long[] _positions;
    private readonly long[] _ones;
    private readonly OrtValue?[] _masks;
    private readonly OrtValue _oneId;
    private readonly OrtValue _onePosition;
    private readonly OrtValue _logits;
    private int _length;

    public SharedCacheDecoder(LanguageModel model)
    {
        _model = model;
        _binding = model.Session.CreateIoBinding();
        _ids = new long[Math.Min(PieceLength, model.ContextTokens)];
        _positions = new long[_ids.Length];
        _ones = new long[model.ContextTokens];
        Array.Fill(_ones, 1L);
        _masks = new OrtValue?[model.ContextTokens + 1];
        _oneId = Tensor(_ids, 1);
        _onePosition = Tensor(_positions, 1);
        foreach (var layer in model.Cache)
        {
            var buffer = Keep(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, layer.Heads, model.ContextTokens, layer.HeadSize]));
            _binding.BindInput(layer.Past, buffer);
            _binding.BindOutput(layer.Present, buffer);
        }

        _logits = Keep(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, 1, model.Vocabulary]));
        _binding.BindOutput(LanguageModel.Logits, _logits);
        _binding.BindInput(LanguageModel.LogitsToKeep, Keep(OrtValue.CreateTensorValueFromMemory([1L], [1])));
    }

    public void Restart() => _length = 0;

    public ReadOnlySpan<float> Read(ReadOnlySpan<int> ids, CancellationToken cancellationToken)
    {
        if (ids.IsEmpty) throw new ArgumentException("There is nothing to read.", nameof(ids));
        if (_length + ids.Length > _model.ContextTokens) throw new InvalidOperationException($"{_length + ids.Length} tokens are more than the context of {_model.ContextTokens}.");
        while (!ids.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = ids[..Math.Min(ids.Length, _ids.Length)];
            ids = ids[piece.Length..];
            Step(piece);
        }

        return _logits.GetTensorDataAsSpan<float>();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (var value in _fixed) value.Dispose();
        foreach (var mask in _masks) mask?.Dispose();
    }

    private void Step(ReadOnlySpan<int> piece)
    {
        for (var i = 0; i < piece.Length; i++) (_ids[i], _positions[i]) = (piece[i], _length + i);
        _length += piece.Length;
        _binding.BindInput(LanguageModel.AttentionMask, _masks[_length] ??= OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _ones.AsMemory(0, _length), [1, _length]));
        if (piece.Length == 1)
        {
            Run(_oneId, _onePosition);
            return;
        }

        using var ids = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _ids.AsMemory(0, piece.Length), [1, piece.Length]);
        using var positions = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _positions.AsMemory(0, piece.Length), [1, piece.Length]);
        Run(ids, positions);
    }

    private void Run(OrtValue ids, OrtValue positions)
    {
        _binding.BindInput(LanguageModel.InputIds, ids);
        _binding.BindInput(LanguageModel.PositionIds, positions);
        _model.Session.RunWithBinding(_options, _binding);
    }

    private OrtValue Tensor(long[] values, int count) => Keep(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, count), [1, count]));

    private OrtValue Keep(OrtValue value)
    {
        _fixed.Add(value);
        return value;
    }
}
