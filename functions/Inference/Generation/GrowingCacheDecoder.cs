using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// For other exporters' graphs, whose cache grows by concatenation: what a step gives as present is handed to the next as
/// past. The graph copies inside; here no value is.
/// </summary>
internal sealed class GrowingCacheDecoder : IDisposable
{
    private readonly LanguageModel _model;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _past;
    private float[] _lastLogits = [];
    private int _length;

    public GrowingCacheDecoder(LanguageModel model)
    {
        _model = model;
        _past = [.. model.Cache.Select(c => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, c.Heads, 0, c.HeadSize]))];
    }

    /// <summary>Logits after the last token.</summary>
    public ReadOnlySpan<float> Logits => _lastLogits;

    /// <summary>Reads more of the sequence.</summary>
    public void Read(ReadOnlySpan<int> ids)
    {
        if (ids.IsEmpty) throw new ArgumentException("There is nothing to read.", nameof(ids));
        if (_length + ids.Length > _model.ContextTokens) throw new InvalidOperationException($"{_length + ids.Length} tokens are more than the context of {_model.ContextTokens}.");
        var inputIds = new long[ids.Length];
        for (var i = 0; i < ids.Length; i++) inputIds[i] = ids[i];
        var positions = new long[ids.Length];
        for (var i = 0; i < positions.Length; i++) positions[i] = _length + i;
        var mask = new long[_length + ids.Length];
        Array.Fill(mask, 1L);

        using var binding = _model.Session.CreateIoBinding();
        using var idsValue = OrtValue.CreateTensorValueFromMemory(inputIds, [1, ids.Length]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, [1, mask.Length]);
        using var positionsValue = OrtValue.CreateTensorValueFromMemory(positions, [1, ids.Length]);
        using var keepValue = OrtValue.CreateTensorValueFromMemory([1L], _model.LogitsToKeepShape ?? []);
        binding.BindInput(LanguageModel.InputIds, idsValue);
        binding.BindInput(LanguageModel.AttentionMask, maskValue);
        if (_model.TakesPositions) binding.BindInput(LanguageModel.PositionIds, positionsValue);
        if (_model.LogitsToKeepShape is not null) binding.BindInput(LanguageModel.LogitsToKeep, keepValue);
        binding.BindOutputToDevice(LanguageModel.Logits, OrtMemoryInfo.DefaultInstance);
        for (var i = 0; i < _past.Length; i++)
        {
            binding.BindInput(_model.Cache[i].Past, _past[i]);
            binding.BindOutputToDevice(_model.Cache[i].Present, OrtMemoryInfo.DefaultInstance);
        }

        _model.Session.RunWithBinding(_options, binding);
        _length += ids.Length;

        // In the order of their binding: logits, then the cache.
        var outputs = binding.GetOutputValues();
        _lastLogits = outputs[0].GetTensorDataAsSpan<float>()[^_model.Vocabulary..].ToArray();
        outputs[0].Dispose();
        for (var i = 0; i < _past.Length; i++)
        {
            _past[i].Dispose();
            _past[i] = outputs[i + 1];
        }
    }

    public void Dispose()
    {
        _options.Dispose();
        foreach (var value in _past) value.Dispose();
    }
}
