using ChatLoop.Training.Modeling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Training.Export;

/// <summary>An exported graph read row by row, each from its beginning: what it says of every next token.</summary>
internal sealed class GraphLogits : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtValue _nothing;
    private readonly string[] _inputs;

    public GraphLogits(string graph, LlamaConfig config)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph, options);
        _nothing = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, config.KeyValueHeads, 0, config.HeadSize]);
        _inputs = ["input_ids", "attention_mask", "position_ids", .. Enumerable.Range(0, config.Layers).SelectMany(i => new[] { $"past_key_values.{i}.key", $"past_key_values.{i}.value" })];
    }

    /// <summary>Logits (T, V) of one row of ids.</summary>
    public float[] Of(long[] ids)
    {
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), [1, ids.Length]);
        using var positionsValue = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, ids.Length).Select(p => (long)p).ToArray(), [1, ids.Length]);
        using var options = new RunOptions();
        OrtValue[] values = [idsValue, maskValue, positionsValue, .. Enumerable.Repeat(_nothing, _inputs.Length - 3)];
        using var outputs = _session.Run(options, _inputs, values, ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _nothing.Dispose();
        _session.Dispose();
    }
}
