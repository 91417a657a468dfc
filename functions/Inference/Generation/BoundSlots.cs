using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Inference.Generation;

/// <summary>A graph's inputs and outputs bound to some slots of the cache, as past and as present, and to their logits.</summary>
internal sealed class BoundSlots : IDisposable
{
    private readonly LanguageModel _model;
    private readonly int _slots;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _fixed = [];

    public BoundSlots(LanguageModel model, KvCache cache, Memory<float> logits, int first, int slots)
    {
        (_model, _slots) = (model, slots);
        _binding = model.Session.CreateIoBinding();
        for (var i = 0; i < model.Cache.Count; i++)
        {
            var buffer = Fixed(cache.View(i, first, slots));
            _binding.BindInput(model.Cache[i].Past, buffer);
            _binding.BindOutput(model.Cache[i].Present, buffer);
        }

        _binding.BindOutput(LanguageModel.Logits, Fixed(OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, logits.Slice(first * model.Vocabulary, slots * model.Vocabulary), [slots, 1, model.Vocabulary])));
        _binding.BindInput(LanguageModel.LogitsToKeep, Fixed(OrtValue.CreateTensorValueFromMemory([1L], [1])));
    }

    /// <param name="ids">As many for each slot.</param>
    /// <param name="positions">One for each id.</param>
    /// <param name="mask">One row of columns for each slot.</param>
    public void Run(Memory<long> ids, Memory<long> positions, Memory<long> mask)
    {
        using var idsValue = Tensor(ids);
        using var positionsValue = Tensor(positions);
        using var maskValue = Tensor(mask);
        _binding.BindInput(LanguageModel.InputIds, idsValue);
        _binding.BindInput(LanguageModel.PositionIds, positionsValue);
        _binding.BindInput(LanguageModel.AttentionMask, maskValue);
        _model.Session.RunWithBinding(_options, _binding);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (var value in _fixed) value.Dispose();
    }

    private OrtValue Tensor(Memory<long> values) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [_slots, values.Length / _slots]);

    private OrtValue Fixed(OrtValue value)
    {
        _fixed.Add(value);
        return value;
    }
}
