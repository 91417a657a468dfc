using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Export;

/// <summary>The exported graph computes what the trainer's model computes, however it is driven.</summary>
public sealed class LlamaGraphTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private const int Vocabulary = 97;

    private static readonly LlamaConfig Config = new()
    {
        VocabularySize = Vocabulary, HiddenSize = 48, IntermediateSize = 80, Layers = 3, Heads = 4, KeyValueHeads = 2, HeadSize = 16, MaxPositions = 64,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-graph-").FullName;
    private readonly Llama _model;
    private readonly OnnxLlama _onnx;

    public LlamaGraphTests()
    {
        _model = Model(Config);
        _onnx = Export(Config, _model, WeightFormat.Float32);
    }

    public void Dispose()
    {
        _onnx.Dispose();
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Logits_of_a_batch_equal_the_trainers_at_every_position()
    {
        var rows = Rows(3, 20);
        _onnx.Start(rows.Length);

        var logits = _onnx.Step(Flat(rows), Ones(rows.Length * 20), Positions(rows.Length, 0, 20));

        for (var r = 0; r < rows.Length; r++) Near(Trainer(_model, rows[r]), logits.AsSpan(r * 20 * Vocabulary, 20 * Vocabulary));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    [InlineData(24)]
    public void Logits_with_a_cache_equal_the_trainers_at_every_position(int? sharedLength)
    {
        var rows = Rows(2, 24);
        _onnx.Start(rows.Length, sharedLength);
        var steps = new List<float[]> { _onnx.Step(Flat(Slice(rows, 0, 9)), Ones(2 * 9), Positions(2, 0, 9)) };
        for (var t = 9; t < 24; t++) steps.Add(_onnx.Step(Flat(Slice(rows, t, 1)), Ones(2 * (t + 1)), Positions(2, t, 1)));

        for (var r = 0; r < 2; r++)
        {
            var expected = Trainer(_model, rows[r]);
            Near(expected.AsSpan(0, 9 * Vocabulary), steps[0].AsSpan(r * 9 * Vocabulary, 9 * Vocabulary));
            for (var t = 9; t < 24; t++) Near(expected.AsSpan(t * Vocabulary, Vocabulary), steps[t - 8].AsSpan(r * Vocabulary, Vocabulary));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    public void Logits_of_a_prompt_in_pieces_equal_the_trainers(int? sharedLength)
    {
        var row = Rows(1, 30);
        var expected = Trainer(_model, row[0]);
        _onnx.Start(1, sharedLength);
        var at = 0;
        foreach (var length in (int[])[7, 1, 12, 10])
        {
            var logits = _onnx.Step(Flat(Slice(row, at, length)), Ones(at + length), Positions(1, at, length));
            Near(expected.AsSpan(at * Vocabulary, length * Vocabulary), logits);
            at += length;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(64)]
    public void Left_padding_changes_nothing_with_or_without_cache(int? sharedLength)
    {
        int[] pads = [0, 5, 11];
        const int Prompt = 12;
        const int Length = 18;
        var rows = Rows(pads.Length, Length);
        long[] Mask(int total) => [.. pads.SelectMany(pad => Enumerable.Range(0, total).Select(t => t < pad ? 0L : 1L))];
        long[] Position(int from, int count) => [.. pads.SelectMany(pad => Enumerable.Range(from, count).Select(t => t < pad ? 1L : t - pad))];

        _onnx.Start(pads.Length, sharedLength);
        var steps = new List<float[]> { _onnx.Step(Flat(Slice(rows, 0, Prompt)), Mask(Prompt), Position(0, Prompt)) };
        for (var t = Prompt; t < Length; t++) steps.Add(_onnx.Step(Flat(Slice(rows, t, 1)), Mask(t + 1), Position(t, 1)));

        for (var r = 0; r < pads.Length; r++)
        {
            var expected = Trainer(_model, rows[r][pads[r]..]);
            var first = (Prompt - pads[r]) * Vocabulary;
            Near(expected.AsSpan(0, first), steps[0].AsSpan((r * Prompt + pads[r]) * Vocabulary, first));
            for (var t = Prompt; t < Length; t++) Near(expected.AsSpan((t - pads[r]) * Vocabulary, Vocabulary), steps[t - Prompt + 1].AsSpan(r * Vocabulary, Vocabulary));
        }
    }

    // Rows come in one after another, as requests do: each has its own length, and its own place in the cache.
    [Theory]
    [InlineData("Float32", 1e-4)]
    [InlineData("Float16", 1e-4)]
    [InlineData("Int8", 1e-4)]
    [InlineData("Int4Block32", 1e-4)]
    [InlineData("Int4Block128", 1e-4)]
    public void A_batch_of_rows_of_different_lengths_gives_each_row_the_logits_that_it_has_alone(string format, double tolerance)
    {
        int[] starts = [0, 3, 11];
        const int Steps = 16;
        var rows = Rows(starts.Length, Steps);
        using var onnx = Export(Config, _model, Enum.Parse<WeightFormat>(format));
        float[][][] alone = [.. rows.Select((row, r) =>
        {
            onnx.Start(1, sharedLength: 64);
            return Enumerable.Range(0, Steps - starts[r]).Select(t => onnx.Step([row[t]], Ones(t + 1), [t])).ToArray();
        })];

        onnx.Start(rows.Length, sharedLength: 64);
        for (var t = 0; t < Steps; t++)
        {
            // A row that has not come yet has no 1 in its mask; what it gives is thrown away.
            int[] at = [.. starts.Select(start => t - start)];
            long[] mask = [.. at.SelectMany(own => Enumerable.Range(0, t + 1).Select(i => i <= own ? 1L : 0L))];
            var logits = onnx.Step([.. at.Select((own, r) => own < 0 ? 0 : rows[r][own])], mask, [.. at.Select(own => (long)Math.Max(own, 0))]);
            for (var r = 0; r < rows.Length; r++)
            {
                if (at[r] >= 0) Near(alone[r][at[r]], logits.AsSpan(r * Vocabulary, Vocabulary), tolerance);
            }
        }
    }

    // Rounding grows through layers whose weights were made large; a wrong order of numbers would differ by 140 %.
    [Theory]
    [InlineData("Float16", 0.005)]
    [InlineData("Int8", 0.06)]
    [InlineData("Int8Dynamic", 0.1)]
    [InlineData("Int4Block32", 0.6)]
    [InlineData("Int4Block128", 0.6)]
    public void Every_format_gives_nearly_the_trainers_logits(string format, double relative)
    {
        var rows = Rows(2, 24);
        using var onnx = Export(Config, _model, Enum.Parse<WeightFormat>(format));
        onnx.Start(2, sharedLength: 24);

        var logits = onnx.Step(Flat(rows), Ones(2 * 24), Positions(2, 0, 24));

        var expected = rows.SelectMany(row => Trainer(_model, row)).ToArray();
        var error = Math.Sqrt(expected.Zip(logits, (e, l) => (double)(e - l) * (e - l)).Sum() / expected.Sum(e => (double)e * e));
        Assert.True(error < relative, $"The logits of {format} differ by {error:P2} of their size.");
    }

    [Fact]
    public void Num_logits_to_keep_gives_the_last_positions_only()
    {
        var rows = Rows(2, 10);
        _onnx.Start(2);

        var logits = _onnx.Step(Flat(rows), Ones(20), Positions(2, 0, 10), keep: 1);

        Assert.Equal(2 * Vocabulary, logits.Length);
        for (var r = 0; r < 2; r++) Near(Trainer(_model, rows[r]).AsSpan(9 * Vocabulary), logits.AsSpan(r * Vocabulary, Vocabulary));
    }

    [Fact]
    public void Half_precision_weights_are_computed_with_in_full()
    {
        using var rounded = Model(Config);
        using (no_grad())
        {
            foreach (var (_, parameter) in rounded.named_parameters()) parameter.copy_(parameter.to(ScalarType.Float16).to(ScalarType.Float32));
        }

        using var onnx = Export(Config, _model, WeightFormat.Float16);
        var rows = Rows(1, 20);
        onnx.Start(1);

        Near(Trainer(rounded, rows[0]), onnx.Step(Flat(rows), Ones(20), Positions(1, 0, 20)));
    }

    [Fact]
    public void Other_shapes_agree_too()
    {
        // One layer; as many key heads as heads; heads wider together than the model; another epsilon and base.
        var config = new LlamaConfig
        {
            VocabularySize = 40, HiddenSize = 24, IntermediateSize = 56, Layers = 1, Heads = 2, KeyValueHeads = 2, HeadSize = 32, MaxPositions = 32, RmsNormEps = 1e-3, RopeTheta = 500,
        };
        using var model = Model(config);
        using var onnx = Export(config, model, WeightFormat.Float32);
        long[] ids = [.. Enumerable.Range(0, 32).Select(i => (long)(i * 7 % 40))];
        onnx.Start(1);

        Near(Trainer(model, ids), onnx.Step(ids, Ones(32), Positions(1, 0, 32)));
    }

    private OnnxLlama Export(LlamaConfig config, Llama model, WeightFormat format)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.onnx");
        LlamaGraph.Save(path, config, LlamaWeights.Of(model), format);
        return new OnnxLlama(path, config);
    }

    // Weights several times larger than a fresh model's, so that every part of it matters to the logits; norms drawn too.
    private static Llama Model(LlamaConfig config)
    {
        var model = new Llama(config, seed: 7);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(11);
        foreach (var (_, parameter) in model.named_parameters())
        {
            if (parameter.dim() < 2) parameter.uniform_(0.5, 1.5, generator);
            else parameter.mul_(8);
        }

        return model;
    }

    private static float[] Trainer(Llama model, long[] ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return model.forward(tensor(ids, [1, ids.Length])).contiguous().data<float>().ToArray();
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++) worst = Math.Max(worst, double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - actual[i]));
        Assert.True(worst < tolerance, $"The logits differ by {worst}.");
    }

    private static long[][] Rows(int count, int length)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => (long)random.Next(Vocabulary)).ToArray())];
    }

    private static long[][] Slice(long[][] rows, int from, int count) => [.. rows.Select(r => r[from..(from + count)])];

    private static long[] Flat(long[][] rows) => [.. rows.SelectMany(r => r)];

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];

    private static long[] Positions(int rows, int from, int count) => [.. Enumerable.Repeat(Enumerable.Range(from, count).Select(p => (long)p), rows).SelectMany(p => p)];
}
