using System.Numerics.Tensors;

namespace ChatLoop.Training.Export;

/// <summary>Adds up, place by place, how a format's logits differ from float32's.</summary>
internal sealed class FormatSums(int vocabulary)
{
    private readonly double[] _expected = new double[vocabulary];
    private readonly double[] _given = new double[vocabulary];
    private long _tokens;
    private long _same;
    private double _floatNats;
    private double _nats;
    private double _divergence;

    /// <param name="expected">Logits (T, V) in float32.</param>
    /// <param name="given">Logits (T, V) in the format.</param>
    /// <param name="targets">The tokens that came (T).</param>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> given, ReadOnlySpan<long> targets)
    {
        for (var t = 0; t < targets.Length; t++)
        {
            var e = expected.Slice(t * vocabulary, vocabulary);
            var g = given.Slice(t * vocabulary, vocabulary);
            LogSoftMax(e, _expected);
            LogSoftMax(g, _given);
            _tokens++;
            if (TensorPrimitives.IndexOfMax(e) == TensorPrimitives.IndexOfMax(g)) _same++;
            _floatNats -= _expected[targets[t]];
            _nats -= _given[targets[t]];
            for (var i = 0; i < vocabulary; i++) _divergence += Math.Exp(_expected[i]) * (_expected[i] - _given[i]);
        }
    }

    public FormatLoss Loss(WeightFormat format, long graphBytes, long textBytes) =>
        new(format, graphBytes, _tokens, _floatNats / Math.Log(2) / textBytes, _nats / Math.Log(2) / textBytes, (double)_same / _tokens, _divergence / _tokens);

    private static void LogSoftMax(ReadOnlySpan<float> logits, double[] result)
    {
        var (most, sum) = ((double)TensorPrimitives.Max(logits), 0.0);
        foreach (var logit in logits) sum += Math.Exp(logit - most);
        var norm = most + Math.Log(sum);
        for (var i = 0; i < result.Length; i++) result[i] = logits[i] - norm;
    }
}
