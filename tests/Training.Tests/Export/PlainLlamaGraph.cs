using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Tests.Export;

/// <summary>
/// The decoder as other exporters write it (Hugging Face's Optimum): ONNX's own operators only, a cache that grows by
/// concatenation, logits at every position. B rows, S new tokens, T tokens in all, H heads, K key heads, D head size.
/// </summary>
internal sealed class PlainLlamaGraph
{
    private readonly LlamaConfig _config;
    private readonly IReadOnlyDictionary<string, Weight> _weights;
    private readonly OnnxGraph _graph = new("plain");
    private int _constants;

    private PlainLlamaGraph(LlamaConfig config, IReadOnlyDictionary<string, Weight> weights) => (_config, _weights) = (config, weights);

    public static void Save(string path, LlamaConfig config, IReadOnlyDictionary<string, Weight> weights)
    {
        var plain = new PlainLlamaGraph(config, weights);
        plain.Build();
        plain._graph.Save(path);
    }

    private void Build()
    {
        _graph.Input("input_ids", OnnxType.Int64, "batch_size", "sequence_length");
        _graph.Input("attention_mask", OnnxType.Int64, "batch_size", "total_sequence_length");
        _graph.Input("position_ids", OnnxType.Int64, "batch_size", "sequence_length");
        _graph.Output("logits", OnnxType.Float, "batch_size", "sequence_length", _config.VocabularySize);
        for (var i = 0; i < _config.Layers; i++)
        {
            foreach (var part in (string[])["key", "value"])
            {
                _graph.Input($"past_key_values.{i}.{part}", OnnxType.Float, "batch_size", _config.KeyValueHeads, "past_sequence_length", _config.HeadSize);
                _graph.Output($"present.{i}.{part}", OnnxType.Float, "batch_size", _config.KeyValueHeads, "total_sequence_length", _config.HeadSize);
            }
        }

        var bias = Bias();
        var (cosines, sines) = Angles();
        var embedding = Weight("model.embed_tokens.weight");
        var x = _graph.Node("Gather", "embedded", [embedding, "input_ids"]); // (B, S, C)
        for (var i = 0; i < _config.Layers; i++)
        {
            var prefix = $"model.layers.{i}.";
            x = _graph.Node("Add", prefix + "attended", [x, Attention(i, prefix + "self_attn.", Norm(prefix + "input_layernorm", x), bias, cosines, sines)]);
            x = _graph.Node("Add", prefix + "fed", [x, FeedForward(prefix + "mlp.", Norm(prefix + "post_attention_layernorm", x))]);
        }

        _graph.Node("MatMul", "logits", [Norm("model.norm", x), _graph.Node("Transpose", "lm_head", [embedding])]);
    }

    // 0 where a query may look, −10⁹ at padding and at what comes later: (B, 1, S, T).
    private string Bias()
    {
        var length = Size("input_ids");
        var total = Size("attention_mask");
        var one = _graph.Scalar("bias.one", 1L);
        var keys = _graph.Node("Range", "bias.keys", [_graph.Scalar("bias.zero", 0L), total, one]); // (T)
        var queries = _graph.Node("Range", "bias.queries", [_graph.Node("Sub", "bias.first", [total, length]), total, one]); // (S)
        var column = _graph.Node("Unsqueeze", "bias.column", [queries, Axes(1)]); // (S, 1)
        var earlier = _graph.Node("LessOrEqual", "bias.earlier", [keys, column]); // (S, T)
        var real = _graph.Node("Equal", "bias.real", [_graph.Node("Unsqueeze", "bias.row", ["attention_mask", Axes(1, 2)]), one]); // (B, 1, 1, T)
        var seen = _graph.Node("And", "bias.seen", [earlier, real]);
        return _graph.Node("Where", "bias", [seen, _graph.Scalar("bias.none", 0f), _graph.Scalar("bias.masked", -1e9f)]);
    }

    // Cosines and sines of the new tokens' positions, (B, 1, S, D) each.
    private (string Cosines, string Sines) Angles()
    {
        var (cosines, sines) = RotaryPositions.Table(_config.MaxPositions, _config.HeadSize, _config.RopeTheta);
        using (cosines)
        using (sines)
        {
            return (Angles("cosines", cosines), Angles("sines", sines));
        }
    }

    private string Angles(string name, TorchSharp.torch.Tensor table)
    {
        _graph.Weight(name + ".table", new Weight([_config.MaxPositions, _config.HeadSize], table.data<float>().ToArray()), WeightFormat.Float32);
        return _graph.Node("Unsqueeze", name, [_graph.Node("Gather", name + ".rows", [name + ".table", "position_ids"]), Axes(1)]);
    }

    private string Attention(int layer, string prefix, string x, string bias, string cosines, string sines)
    {
        var query = Rotate(prefix + "q_rotary", Heads(prefix + "q_proj", x, _config.Heads), cosines, sines); // (B, H, S, D)
        var key = Rotate(prefix + "k_rotary", Heads(prefix + "k_proj", x, _config.KeyValueHeads), cosines, sines); // (B, K, S, D)
        var value = Heads(prefix + "v_proj", x, _config.KeyValueHeads);
        var keys = _graph.Node("Concat", $"present.{layer}.key", [$"past_key_values.{layer}.key", key], attributes: [("axis", 2L)]); // (B, K, T, D)
        var values = _graph.Node("Concat", $"present.{layer}.value", [$"past_key_values.{layer}.value", value], attributes: [("axis", 2L)]);

        var turned = _graph.Node("Transpose", prefix + "keys_t", [ForEachHead(prefix + "keys", keys)], attributes: [("perm", new long[] { 0, 1, 3, 2 })]); // (B, H, D, T)
        var products = _graph.Node("MatMul", prefix + "products", [query, turned]); // (B, H, S, T)
        var scaled = _graph.Node("Mul", prefix + "scaled", [products, _graph.Scalar(prefix + "scale", (float)(1 / Math.Sqrt(_config.HeadSize)))]);
        var weights = _graph.Node("Softmax", prefix + "weights", [_graph.Node("Add", prefix + "scores", [scaled, bias])], attributes: [("axis", -1L)]);
        var mixed = _graph.Node("MatMul", prefix + "mixed", [weights, ForEachHead(prefix + "values", values)]); // (B, H, S, D)
        var rows = _graph.Node("Transpose", prefix + "rows", [mixed], attributes: [("perm", new long[] { 0, 2, 1, 3 })]);
        return Linear(prefix + "o_proj", _graph.Node("Reshape", prefix + "joined", [rows, Axes(0, 0, _config.Heads * _config.HeadSize)]));
    }

    private string Heads(string name, string x, int heads)
    {
        var split = _graph.Node("Reshape", name + ".split", [Linear(name, x), Axes(0, 0, heads, _config.HeadSize)]); // (B, S, H, D)
        return _graph.Node("Transpose", name + ".heads", [split], attributes: [("perm", new long[] { 0, 2, 1, 3 })]);
    }

    // Every key head serves several query heads: (B, K, T, D) to (B, H, T, D).
    private string ForEachHead(string name, string x)
    {
        var spread = _graph.Node("Expand", name + ".spread", [_graph.Node("Unsqueeze", name + ".apart", [x, Axes(2)]), Axes(1, 1, _config.Heads / _config.KeyValueHeads, 1, 1)]);
        return _graph.Node("Reshape", name, [spread, Axes(0, _config.Heads, -1, _config.HeadSize)]);
    }

    private string Rotate(string name, string x, string cosines, string sines)
    {
        string[] halves = _graph.Node("Split", name + ".split", [x], [name + ".first", name + ".second"], attributes: [("axis", -1L), ("num_outputs", 2L)]);
        var turned = _graph.Node("Concat", name + ".turned", [_graph.Node("Neg", name + ".minus", [halves[1]]), halves[0]], attributes: [("axis", -1L)]);
        return _graph.Node("Add", name, [_graph.Node("Mul", name + ".cosines", [x, cosines]), _graph.Node("Mul", name + ".sines", [turned, sines])]);
    }

    private string FeedForward(string prefix, string x)
    {
        var gate = Linear(prefix + "gate_proj", x);
        var silu = _graph.Node("Mul", prefix + "silu", [gate, _graph.Node("Sigmoid", prefix + "sigmoid", [gate])]);
        return Linear(prefix + "down_proj", _graph.Node("Mul", prefix + "product", [silu, Linear(prefix + "up_proj", x)]));
    }

    private string Norm(string name, string x)
    {
        var mean = _graph.Node("ReduceMean", name + ".mean", [_graph.Node("Mul", name + ".squares", [x, x]), Axes(-1)]);
        var root = _graph.Node("Sqrt", name + ".root", [_graph.Node("Add", name + ".padded", [mean, _graph.Scalar(name + ".epsilon", (float)_config.RmsNormEps)])]);
        return _graph.Node("Mul", name, [_graph.Node("Div", name + ".normed", [x, root]), Weight(name + ".weight")]);
    }

    private string Linear(string name, string x) => _graph.Node("MatMul", name, [x, _graph.Node("Transpose", name + ".weight_t", [Weight(name + ".weight")])]);

    private string Weight(string name) => _graph.Weight(name, _weights[name], WeightFormat.Float16);

    // The second dimension, as one number.
    private string Size(string input) => _graph.Node(
        "Squeeze", input + ".size", [_graph.Node("Shape", input + ".shape", [input], attributes: [("start", 1L), ("end", 2L)])]);

    private string Axes(params long[] values) => _graph.Constant($"constant.{_constants++}", values);
}
