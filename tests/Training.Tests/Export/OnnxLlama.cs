using ChatLoop.Training.Modeling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Training.Tests.Export;

/// <summary>An exported graph, driven as Hugging Face's libraries drive it (a cache that grows) or with shared buffers.</summary>
internal sealed class OnnxLlama(string path, LlamaConfig config) : IDisposable
{
    private readonly InferenceSession _session = new(path);
    private readonly List<OrtValue> _cache = [];
    private int _rows;
    private bool _shared;

    /// <summary>Empties the cache; with a length, it is made of buffers that long, bound as past and present alike.</summary>
    public void Start(int rows, int? sharedLength = null)
    {
        DisposeCache();
        (_rows, _shared) = (rows, sharedLength is not null);
        long[] shape = [rows, config.KeyValueHeads, sharedLength ?? 0, config.HeadSize];
        for (var i = 0; i < 2 * config.Layers; i++)
        {
            var buffer = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
            // What lies beyond the tokens so far must not matter.
            buffer.GetTensorMutableDataAsSpan<float>().Fill(float.NaN);
            _cache.Add(buffer);
        }
    }

    /// <summary>One step: ids and positions (B, S), mask (B, T); logits (B, kept, V), flat.</summary>
    public float[] Step(long[] ids, long[] mask, long[] positions, long? keep = null)
    {
        using var binding = _session.CreateIoBinding();
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, [_rows, ids.Length / _rows]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, [_rows, mask.Length / _rows]);
        using var positionsValue = OrtValue.CreateTensorValueFromMemory(positions, [_rows, ids.Length / _rows]);
        using var keepValue = OrtValue.CreateTensorValueFromMemory([keep ?? 0L], [1]);
        binding.BindInput("input_ids", idsValue);
        binding.BindInput("attention_mask", maskValue);
        binding.BindInput("position_ids", positionsValue);
        if (keep is not null) binding.BindInput("num_logits_to_keep", keepValue);
        binding.BindOutputToDevice("logits", OrtMemoryInfo.DefaultInstance);
        for (var i = 0; i < _cache.Count; i++)
        {
            var name = $"{i / 2}.{(i % 2 == 0 ? "key" : "value")}";
            binding.BindInput($"past_key_values.{name}", _cache[i]);
            if (_shared) binding.BindOutput($"present.{name}", _cache[i]);
            else binding.BindOutputToDevice($"present.{name}", OrtMemoryInfo.DefaultInstance);
        }

        using var options = new RunOptions();
        _session.RunWithBinding(options, binding);
        var names = binding.GetOutputNames();
        var values = binding.GetOutputValues();
        var logits = values[Array.IndexOf(names, "logits")].GetTensorDataAsSpan<float>().ToArray();
        if (_shared)
        {
            values.Dispose();
            return logits;
        }

        DisposeCache();
        for (var i = 0; i < 2 * config.Layers; i++) _cache.Add(values[Array.IndexOf(names, $"present.{i / 2}.{(i % 2 == 0 ? "key" : "value")}")]);
        return logits;
    }

    public void Dispose()
    {
        DisposeCache();
        _session.Dispose();
    }

    private void DisposeCache()
    {
        foreach (var value in _cache) value.Dispose();
        _cache.Clear();
    }
}
