using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Benchmarks.Training;

/// <summary>The same decoder as anybody would write it with TorchSharp: libtorch's own operations, whole logits, torch.optim.AdamW.</summary>
internal sealed class PlainDecoder : IDisposable
{
    private readonly Llama _weights;
    private readonly Dictionary<string, Tensor> _named;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _cosines;
    private readonly Tensor _sines;

    public PlainDecoder(LlamaConfig config, int length)
    {
        _weights = new Llama(config, seed: 1);
        _named = _weights.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        _optimizer = optim.AdamW(_weights.parameters(), lr: 1e-4, beta1: 0.9, beta2: 0.95, weight_decay: 0.1);
        (_cosines, _sines) = RotaryPositions.Table(length, config.HeadSize, config.RopeTheta);
    }

    /// <summary>One update; returns the loss.</summary>
    /// <param name="ids">int64 (B, T)</param>
    /// <param name="targets">int64 (B, T)</param>
    public double Step(Tensor ids, Tensor targets)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var logits = matmul(Hidden(ids), _named["model.embed_tokens.weight"].t());
        var loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten());
        loss.backward();
        nn.utils.clip_grad_norm_(_weights.parameters(), 1);
        _optimizer.step();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _weights.Dispose();
        _cosines.Dispose();
        _sines.Dispose();
    }

    private Tensor Hidden(Tensor ids)
    {
        var config = _weights.Config;
        var x = _named["model.embed_tokens.weight"][ids]; // (B, T, C)
        for (var i = 0; i < config.Layers; i++)
        {
            var layer = $"model.layers.{i}.";
            var normed = Norm(x, layer + "input_layernorm");
            var query = Turned(Heads(Linear(normed, layer + "self_attn.q_proj"), config.Heads)); // (B, H, T, D)
            var key = Turned(Heads(Linear(normed, layer + "self_attn.k_proj"), config.KeyValueHeads));
            var value = Heads(Linear(normed, layer + "self_attn.v_proj"), config.KeyValueHeads);
            var times = config.Heads / config.KeyValueHeads;
            var mixed = nn.functional.scaled_dot_product_attention(query, key.repeat_interleave(times, 1), value.repeat_interleave(times, 1), is_casual: true);
            x = x + Linear(mixed.transpose(1, 2).flatten(2, 3), layer + "self_attn.o_proj");
            normed = Norm(x, layer + "post_attention_layernorm");
            x = x + Linear(FeedForward.Plain(Linear(normed, layer + "mlp.gate_proj"), Linear(normed, layer + "mlp.up_proj")), layer + "mlp.down_proj");
        }

        return Norm(x, "model.norm");
    }

    private Tensor Linear(Tensor x, string name) => nn.functional.linear(x, _named[name + ".weight"]);

    private Tensor Norm(Tensor x, string name) => RmsNorm.Plain(x, _named[name + ".weight"], _weights.Config.RmsNormEps);

    private Tensor Heads(Tensor x, int heads) => x.view(x.shape[0], x.shape[1], heads, _weights.Config.HeadSize).transpose(1, 2);

    private Tensor Turned(Tensor x) => RotaryPositions.Apply(x, _cosines, _sines);
}
