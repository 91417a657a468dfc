using ChatLoop.Training.Export.Formats;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Export;

/// <summary>
/// The decoder as an ONNX graph with a key-value cache. Names and shapes of inputs and outputs are those of Hugging Face's
/// exports (B rows, S new tokens, P past tokens, T = P + S, K key heads, D head size, V vocabulary):
/// `input_ids` and `position_ids` int64 (B, S), `attention_mask` int64 (B, T), `past_key_values.N.key|value` (B, K, P, D) →
/// `logits` (B, S, V), `present.N.key|value` (B, K, T, D).
/// <para>
/// How many tokens a row has is read from the mask, never from the cache: the new ones go to the S places that end with the
/// row's last 1. A caller may hand over buffers longer than T and bind the same ones as past and present: no step copies
/// the cache. Rows may have different lengths, padded on the left (all ends meet), or on the right in steps of one token
/// (each row in its own place). `num_logits_to_keep` is an input with a default, 0: logits at every position; n &gt; 0 gives
/// the last n only.
/// </para>
/// </summary>
internal sealed class LlamaGraph
{
    // Added to the scores of padding: e^(−10⁹) is 0 in float32, and a row of nothing but padding still has a finite softmax.
    private const float Masked = -1e9f;

    private const string Embedding = "model.embed_tokens";

    private readonly LlamaConfig _config;
    private readonly IReadOnlyDictionary<string, Weight> _weights;
    private readonly WeightFormat _format;
    private readonly IMatrixFormat _matrices;
    private readonly OnnxGraph _graph = new("llama");

    private bool _cached = true;

    private LlamaGraph(LlamaConfig config, IReadOnlyDictionary<string, Weight> weights, WeightFormat format) =>
        (_config, _weights, _format, _matrices) = (config, weights, format, IMatrixFormat.Of(format));

    /// <summary>Writes the graph with its weights to one file.</summary>
    public static void Save(string path, LlamaConfig config, IReadOnlyDictionary<string, Weight> weights, WeightFormat format)
    {
        var llama = new LlamaGraph(config.Validated(), weights, format);
        llama.Build();
        llama._graph.Save(path);
    }

    /// <summary>
    /// Writes a reward model: `input_ids` and `attention_mask` int64 (B, S), padded on the right → `scores` (B), read at each row's last
    /// real token by the head `score.weight` (1, C) and `score.bias` (1). There is no cache: an answer is read once.
    /// </summary>
    public static void SaveReward(string path, LlamaConfig config, IReadOnlyDictionary<string, Weight> weights, WeightFormat format)
    {
        var llama = new LlamaGraph(config.Validated(), weights, format) { _cached = false };
        llama._graph.Input("input_ids", OnnxType.Int64, "batch_size", "sequence_length");
        llama._graph.Input("attention_mask", OnnxType.Int64, "batch_size", "sequence_length");
        llama._graph.Output("scores", OnnxType.Float, "batch_size");
        llama.PositionsFromZero();
        llama.Scores(llama.Decoder());
        llama._graph.Save(path);
    }

    private void Build()
    {
        DeclareInterface();
        Logits(Decoder());
    }

    // Normed hidden states (B, S, C).
    private string Decoder()
    {
        var lengths = Lengths();
        RotaryTables();
        var x = _matrices.Embed(_graph, Embedding, "input_ids", _weights[Embedding + ".weight"]); // (B, S, C)
        var normed = Norm("model.layers.0.input_layernorm", x);
        for (var i = 0; i < _config.Layers; i++)
        {
            var prefix = $"model.layers.{i}.";
            var attended = Attention(i, prefix + "self_attn.", normed, lengths);
            (normed, x) = AddAndNorm(prefix + "post_attention_layernorm", x, attended);
            var fed = FeedForward(prefix + "mlp.", normed);
            (normed, x) = AddAndNorm(i + 1 < _config.Layers ? $"model.layers.{i + 1}.input_layernorm" : "model.norm", x, fed);
        }

        return normed;
    }

    private void PositionsFromZero()
    {
        var shape = _graph.Node("Shape", "positions.shape", ["input_ids"]);
        var length = _graph.Node("Gather", "positions.length", [shape, _graph.Scalar("positions.axis", 1L)]);
        var row = _graph.Node("Range", "positions.row", [_graph.Scalar("positions.first", 0L), length, _graph.Scalar("positions.step", 1L)]);
        _graph.Node("Expand", "position_ids", [row, shape]); // (B, S)
    }

    private void Scores(string normed)
    {
        var count = _graph.Node("ReduceSum", "last.count", ["attention_mask", _graph.Constant("last.axis", 1)], attributes: [("keepdims", 1L)]); // (B, 1)
        var last = _graph.Node("Sub", "last", [count, _graph.Scalar("last.one", 1L)]);
        var hidden = _graph.Node("GatherND", "last.hidden", [normed, last], attributes: [("batch_dims", 1L)]); // (B, C)
        var head = _graph.Weight("score.weight", _weights["score.weight"].Transposed(), WeightFormat.Float32);
        var offset = _graph.Weight("score.bias", _weights["score.bias"], WeightFormat.Float32);
        var sum = _graph.Node("Add", "scores.sum", [_graph.Node("MatMul", "scores.product", [hidden, head]), offset]); // (B, 1)
        _graph.Node("Squeeze", "scores", [sum, _graph.Constant("scores.axis", 1)]);
    }

    private void DeclareInterface()
    {
        _graph.Input("input_ids", OnnxType.Int64, "batch_size", "sequence_length");
        _graph.Input("attention_mask", OnnxType.Int64, "batch_size", "total_sequence_length");
        _graph.Input("position_ids", OnnxType.Int64, "batch_size", "sequence_length");
        _graph.Output("logits", OnnxType.Float, "batch_size", "kept_sequence_length", _config.VocabularySize);
        for (var i = 0; i < _config.Layers; i++)
        {
            foreach (var part in (string[])["key", "value"])
            {
                _graph.Input($"past_key_values.{i}.{part}", OnnxType.Float, "batch_size", _config.KeyValueHeads, "past_sequence_length", _config.HeadSize);
                _graph.Output($"present.{i}.{part}", OnnxType.Float, "batch_size", _config.KeyValueHeads, "present_sequence_length", _config.HeadSize);
            }
        }

        // An initializer that is also an input is a default the caller may override, and that other libraries never see.
        _graph.Input("num_logits_to_keep", OnnxType.Int64, 1);
        _graph.Constant("num_logits_to_keep", 0);
    }

    // What attention asks for: the index of each row's last token (B), T as one number, and the bias that hides padding (B, 1, S, T).
    private (string LastIndex, string Total, string Bias) Lengths()
    {
        var maskShape = _graph.Node("Shape", "lengths.mask", ["attention_mask"]);
        var total64 = _graph.Node("Gather", "lengths.total64", [maskShape, _graph.Scalar("lengths.axis", 1L)]); // scalar
        var total = _graph.Node("Cast", "lengths.total", [total64], attributes: [("to", (long)OnnxType.Int32)]);
        var mask = _graph.Node("Cast", "bias.mask", ["attention_mask"], attributes: [("to", (long)OnnxType.Float)]);

        // The last 1 of each row's mask, whether what is padded lies before or behind its tokens.
        var last = _graph.Node("ArgMax", "lengths.last", [mask], attributes: [("axis", 1L), ("keepdims", 0L), ("select_last_index", 1L)]);
        var lastIndex = _graph.Node("Cast", "lengths.last_index", [last], attributes: [("to", (long)OnnxType.Int32)]); // (B)

        var length = _graph.Node("Shape", "lengths.new", ["input_ids"], attributes: [("start", 1L), ("end", 2L)]); // [S]
        var hidden = _graph.Node("Sub", "bias.hidden", [_graph.Scalar("bias.one", 1f), mask]);
        var scaled = _graph.Node("Mul", "bias.scaled", [hidden, _graph.Scalar("bias.masked", Masked)]);
        var row = _graph.Node("Unsqueeze", "bias.row", [scaled, _graph.Constant("bias.axes", 1, 2)]); // (B, 1, 1, T)
        var one = _graph.Constant("bias.unit", 1);
        var shape = _graph.Node("Concat", "bias.shape", [one, one, length, one], attributes: [("axis", 0L)]);
        var bias = _graph.Node("Expand", "bias", [row, shape]); // (B, 1, S, T)
        return (lastIndex, total, bias);
    }

    private void RotaryTables()
    {
        var (cosines, sines) = RotaryPositions.Table(_config.MaxPositions, _config.HeadSize, _config.RopeTheta);
        using (cosines)
        using (sines)
        {
            _graph.Weight("rotary.cosines", HalfWidth(cosines), WeightFormat.Float32);
            _graph.Weight("rotary.sines", HalfWidth(sines), WeightFormat.Float32);
        }
    }

    // The trainer keeps every angle twice over, (positions, D); the operator wants it once, (positions, D / 2).
    private Weight HalfWidth(TorchSharp.torch.Tensor table)
    {
        using var half = table.narrow(1, 0, _config.HeadSize / 2).contiguous();
        return new Weight([_config.MaxPositions, _config.HeadSize / 2], half.data<float>().ToArray());
    }

    private string Attention(int layer, string prefix, string x, (string LastIndex, string Total, string Bias) lengths)
    {
        var query = Rotate(prefix + "q_rotary", Linear(prefix + "q_proj", x), _config.Heads);
        var key = Rotate(prefix + "k_rotary", Linear(prefix + "k_proj", x), _config.KeyValueHeads);
        var value = Linear(prefix + "v_proj", x);

        // Positions are turned before it and padding hidden by the bias: turned inside, a prompt's positions count from each
        // row's first column, given ones or not, which is wrong where rows are padded on the left; and heads must be 16 n wide.
        var (pastKey, pastValue) = _cached ? ($"past_key_values.{layer}.key", $"past_key_values.{layer}.value") : ("", "");
        var mixed = _graph.Node(
            "GroupQueryAttention",
            prefix + "attention",
            [query, key, value, pastKey, pastValue, lengths.LastIndex, lengths.Total, "", "", "", lengths.Bias],
            [prefix + "attention", $"present.{layer}.key", $"present.{layer}.value"],
            OnnxGraph.Microsoft,
            ("num_heads", (long)_config.Heads),
            ("kv_num_heads", (long)_config.KeyValueHeads),
            ("scale", (float)(1 / Math.Sqrt(_config.HeadSize))),
            ("do_rotary", 0L))[0];
        return Linear(prefix + "o_proj", mixed);
    }

    private string Rotate(string name, string x, int heads) => _graph.Node(
        "RotaryEmbedding", name, [x, "position_ids", "rotary.cosines", "rotary.sines"], OnnxGraph.Microsoft, ("num_heads", (long)heads), ("interleaved", 0L));

    private string FeedForward(string prefix, string x)
    {
        var gate = Linear(prefix + "gate_proj", x);
        var silu = _graph.Node("Mul", prefix + "silu", [gate, _graph.Node("Sigmoid", prefix + "sigmoid", [gate])]);
        var product = _graph.Node("Mul", prefix + "product", [silu, Linear(prefix + "up_proj", x)]);
        return Linear(prefix + "down_proj", product);
    }

    private void Logits(string normed)
    {
        var start = _graph.Node("Neg", "kept.start", ["num_logits_to_keep"]);
        var kept = _graph.Node("Slice", "kept", [normed, start, _graph.Constant("kept.end", long.MaxValue), _graph.Constant("kept.axis", 1)]);
        _matrices.Unembed(_graph, "logits", kept, Embedding, _weights[Embedding + ".weight"]);
    }

    private string Norm(string name, string x) => _graph.Node(
        "SimplifiedLayerNormalization", name, [x, Gain(name + ".weight")], attributes: [("axis", -1L), ("epsilon", (float)_config.RmsNormEps), ("stash_type", 1L)]);

    // One operator for x + change and its norm; gives the norm and the sum.
    private (string Normed, string Sum) AddAndNorm(string name, string x, string change)
    {
        var outputs = _graph.Node(
            "SkipSimplifiedLayerNormalization", name, [x, change, Gain(name + ".weight")], [name, "", "", name + ".sum"], OnnxGraph.Microsoft, ("epsilon", (float)_config.RmsNormEps));
        return (outputs[0], outputs[3]);
    }

    private string Linear(string name, string x) => _matrices.Multiply(_graph, name, x, _weights[name + ".weight"]);

    // Norms are small: they stay floats.
    private string Gain(string name) => _graph.Weight(name, _weights[name], _format == WeightFormat.Float16 ? WeightFormat.Float16 : WeightFormat.Float32);
}
