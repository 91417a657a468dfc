using System.Diagnostics;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>An exported graph, run as inference runs it: past and present in one buffer, the last position's logits only.</summary>
internal sealed class OurGraph : IContender
{
    private readonly LlamaConfig _config;
    private readonly InferenceSession _session;
    private readonly List<OrtValue> _cache = [];
    private readonly int _length;

    public OurGraph(MeasuredModel model, WeightFormat format, string graph, int threads)
    {
        (Name, _config) = (format.Name(), model.Config);
        LlamaGraph.Save(graph, model.Config, model.Weights, format);
        // What is no weight, names and rotary tables, is below a hundredth.
        WeightBytes = new FileInfo(graph).Length;
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph, options);
        _length = Math.Min(Speeds.PrefillTokens + 1, model.Config.MaxPositions);
        for (var i = 0; i < 2 * _config.Layers; i++)
        {
            _cache.Add(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [Speeds.Rows, _config.KeyValueHeads, _length, _config.HeadSize]));
        }

        Run(rows: 1, from: 0, count: Math.Min(Speeds.PrefillTokens, _length));
        Run(rows: Speeds.Rows, from: 0, count: 1);
        ResidentBytes = Residence.Bytes(graph, model.Config);
    }

    public string Name { get; }

    public long WeightBytes { get; }

    /// <summary>Of graph and session, after one token.</summary>
    public long ResidentBytes { get; }

    public Speeds Measure()
    {
        var prefill = Math.Min(Speeds.PrefillTokens, _length);
        var read = Seconds(() => Run(1, 0, prefill));
        return new Speeds(prefill / read, Decode(1), Decode(Speeds.Rows));
    }

    public void Dispose()
    {
        foreach (var value in _cache) value.Dispose();
        _session.Dispose();
    }

    private double Decode(int rows)
    {
        Run(rows, 0, Speeds.ShortPrompt);
        var seconds = Seconds(() =>
        {
            for (var i = 0; i < Speeds.DecodeTokens; i++) Run(rows, Speeds.ShortPrompt + i, 1);
        });
        return rows * Speeds.DecodeTokens / seconds;
    }

    private void Run(int rows, int from, int count)
    {
        using var binding = _session.CreateIoBinding();
        using var options = new RunOptions();
        using var ids = Tensor(rows, count, i => (i * 31L + from * 17L + 7) % _config.VocabularySize);
        using var positions = Tensor(rows, count, i => from + i % count);
        using var mask = Tensor(rows, from + count, _ => 1);
        using var keep = OrtValue.CreateTensorValueFromMemory([1L], [1]);
        binding.BindInput("input_ids", ids);
        binding.BindInput("position_ids", positions);
        binding.BindInput("attention_mask", mask);
        binding.BindInput("num_logits_to_keep", keep);
        var views = new List<OrtValue>();
        for (var i = 0; i < _cache.Count; i++)
        {
            var name = $"{i / 2}.{(i % 2 == 0 ? "key" : "value")}";
            views.Add(First(_cache[i], rows));
            binding.BindInput($"past_key_values.{name}", views[i]);
            binding.BindOutput($"present.{name}", views[i]);
        }

        binding.BindOutputToDevice("logits", OrtMemoryInfo.DefaultInstance);
        _session.RunWithBinding(options, binding);
        foreach (var view in views) view.Dispose();
    }

    // The first rows of the buffer as a tensor of their own.
    private OrtValue First(OrtValue buffer, int rows)
    {
        long[] shape = [rows, _config.KeyValueHeads, _length, _config.HeadSize];
        var bytes = buffer.GetTensorMutableRawData();
        unsafe
        {
            fixed (byte* start = bytes) return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)start, shape.Aggregate(4L, (a, b) => a * b));
        }
    }

    private static OrtValue Tensor(int rows, int columns, Func<int, long> value) =>
        OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, rows * columns).Select(value).ToArray(), [rows, columns]);

    private static double Seconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
