using System.Runtime.InteropServices;
using System.Text;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Writes a model's weights as llama.cpp reads them (github.com/ggml-org/ggml, docs/gguf.md), in float32 and without a vocabulary.</summary>
internal static class Gguf
{
    private const int Version = 3;
    private const int Alignment = 32;
    private const int UInt32Value = 4;
    private const int Float32Value = 6;
    private const int StringValue = 8;

    private static readonly (string Ours, string Theirs)[] Layer =
    [
        ("input_layernorm", "attn_norm"), ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"), ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"),
        ("post_attention_layernorm", "ffn_norm"), ("mlp.gate_proj", "ffn_gate"), ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"),
    ];

    public static void Write(string path, LlamaConfig config, IReadOnlyDictionary<string, Weight> weights)
    {
        var tensors = new List<(string Name, Weight Weight)> { ("token_embd", weights["model.embed_tokens.weight"]), ("output_norm", weights["model.norm.weight"]) };
        for (var i = 0; i < config.Layers; i++) tensors.AddRange(Layer.Select(l => ($"blk.{i}.{l.Theirs}", weights[$"model.layers.{i}.{l.Ours}.weight"])));
        var settings = Settings(config);

        using var stream = File.Create(path);
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((long)tensors.Count);
        writer.Write((long)settings.Count);
        foreach (var (key, value) in settings) Setting(writer, key, value);
        var offset = 0L;
        foreach (var (name, weight) in tensors)
        {
            Text(writer, name + ".weight");
            writer.Write(weight.Shape.Length);
            foreach (var dimension in weight.Shape.Reverse()) writer.Write(dimension);
            writer.Write(0); // float32
            writer.Write(offset);
            offset = Aligned(offset + weight.Values.LongLength * sizeof(float));
        }

        foreach (var (_, weight) in tensors)
        {
            while (stream.Position % Alignment != 0) writer.Write((byte)0);
            writer.Write(MemoryMarshal.AsBytes<float>(weight.Values));
        }

        while (stream.Position % Alignment != 0) writer.Write((byte)0);
    }

    private static Dictionary<string, object> Settings(LlamaConfig config) => new()
    {
        ["general.architecture"] = "llama",
        ["llama.vocab_size"] = config.VocabularySize,
        ["llama.context_length"] = config.MaxPositions,
        ["llama.embedding_length"] = config.HiddenSize,
        ["llama.block_count"] = config.Layers,
        ["llama.feed_forward_length"] = config.IntermediateSize,
        ["llama.attention.head_count"] = config.Heads,
        ["llama.attention.head_count_kv"] = config.KeyValueHeads,
        ["llama.attention.key_length"] = config.HeadSize,
        ["llama.attention.value_length"] = config.HeadSize,
        ["llama.attention.layer_norm_rms_epsilon"] = (float)config.RmsNormEps,
        ["llama.rope.dimension_count"] = config.HeadSize,
        ["llama.rope.freq_base"] = (float)config.RopeTheta,
        ["tokenizer.ggml.model"] = "no_vocab",
    };

    private static void Setting(BinaryWriter writer, string key, object value)
    {
        Text(writer, key);
        switch (value)
        {
            case int number:
                writer.Write(UInt32Value);
                writer.Write(number);
                break;
            case float number:
                writer.Write(Float32Value);
                writer.Write(number);
                break;
            default:
                writer.Write(StringValue);
                Text(writer, (string)value);
                break;
        }
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    private static long Aligned(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
