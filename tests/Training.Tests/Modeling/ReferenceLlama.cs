namespace ChatLoop.Training.Tests.Modeling;

using ChatLoop.Training.Modeling;

/// <summary>The decoder written out in loops and doubles from the papers' formulas, to test the real one against: slow and plain.</summary>
internal sealed class ReferenceLlama(LlamaConfig config, IReadOnlyDictionary<string, double[]> weights)
{
    /// <summary>Mean −ln p(next) over one row of ids.</summary>
    public double Loss(int[] ids)
    {
        var logits = Logits(ids);
        double sum = 0;
        for (var t = 0; t + 1 < ids.Length; t++)
        {
            var top = logits[t].Max();
            sum += Math.Log(logits[t].Sum(l => Math.Exp(l - top))) + top - logits[t][ids[t + 1]];
        }

        return sum / (ids.Length - 1);
    }

    public double[][] Logits(int[] ids)
    {
        var embedding = weights["model.embed_tokens.weight"];
        var c = config.HiddenSize;
        var x = ids.Select(id => embedding[(id * c)..((id + 1) * c)]).ToArray();
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            x = Add(x, Attention(prefix + "self_attn.", [.. x.Select(v => Norm(v, weights[prefix + "input_layernorm.weight"]))]));
            x = Add(x, [.. x.Select(v => FeedForward(prefix + "mlp.", Norm(v, weights[prefix + "post_attention_layernorm.weight"])))]);
        }

        return [.. x.Select(v => Times(embedding, Norm(v, weights["model.norm.weight"])))];
    }

    private double[][] Attention(string prefix, double[][] x)
    {
        var d = config.HeadSize;
        var query = x.Select((v, t) => Turn(Times(weights[prefix + "q_proj.weight"], v), t)).ToArray();
        var key = x.Select((v, t) => Turn(Times(weights[prefix + "k_proj.weight"], v), t)).ToArray();
        var value = x.Select(v => Times(weights[prefix + "v_proj.weight"], v)).ToArray();
        return [.. x.Select((_, t) =>
        {
            var mixed = new double[config.Heads * d];
            for (var head = 0; head < config.Heads; head++)
            {
                var shared = head / (config.Heads / config.KeyValueHeads);
                var scores = Enumerable.Range(0, t + 1).Select(s => Enumerable.Range(0, d).Sum(i => query[t][head * d + i] * key[s][shared * d + i]) / Math.Sqrt(d)).ToArray();
                var powers = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = 0; i < d; i++) mixed[head * d + i] = powers.Select((p, s) => p / powers.Sum() * value[s][shared * d + i]).Sum();
            }

            return Times(weights[prefix + "o_proj.weight"], mixed);
        })];
    }

    private double[] FeedForward(string prefix, double[] x)
    {
        var up = Times(weights[prefix + "up_proj.weight"], x);
        return Times(weights[prefix + "down_proj.weight"], [.. Times(weights[prefix + "gate_proj.weight"], x).Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])]);
    }

    private double[] Turn(double[] x, int position)
    {
        var (d, half) = (config.HeadSize, config.HeadSize / 2);
        return [.. x.Select((v, j) =>
        {
            var (start, i) = (j - j % d, j % d);
            var angle = position * Math.Pow(config.RopeTheta, -2.0 * (i % half) / d);
            return v * Math.Cos(angle) + (i < half ? -x[start + i + half] : x[start + i - half]) * Math.Sin(angle);
        })];
    }

    private double[] Norm(double[] x, double[] weight)
    {
        var scale = 1 / Math.Sqrt(x.Sum(v => v * v) / x.Length + config.RmsNormEps);
        return [.. x.Select((v, i) => v * scale * weight[i])];
    }

    // Rows of the matrix times x.
    private static double[] Times(double[] matrix, double[] x) =>
        [.. Enumerable.Range(0, matrix.Length / x.Length).Select(row => Enumerable.Range(0, x.Length).Sum(i => matrix[row * x.Length + i] * x[i]))];

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Zip(b, (x, y) => x.Zip(y, (p, q) => p + q).ToArray())];
}
