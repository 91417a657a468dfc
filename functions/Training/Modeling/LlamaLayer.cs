using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>One decoder layer: attention, then feed-forward, each behind a norm and added to the residual stream.</summary>
internal sealed class LlamaLayer : nn.Module
{
    private readonly RmsNorm _inputNorm;
    private readonly Attention _attention;
    private readonly RmsNorm _postAttentionNorm;
    private readonly FeedForward _feedForward;

    public LlamaLayer(LlamaConfig config)
        : base(nameof(LlamaLayer))
    {
        _inputNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _attention = new Attention(config);
        _postAttentionNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _feedForward = new FeedForward(config);
        register_module("self_attn", _attention);
        register_module("mlp", _feedForward);
        register_module("input_layernorm", _inputNorm);
        register_module("post_attention_layernorm", _postAttentionNorm);
    }

    // x: (B, T, C)
    public Tensor Forward(Tensor x, Tensor cosines, Tensor sines, Tensor? mask, LayerCache? cache = null)
    {
        x = x.add(_attention.Forward(_inputNorm.forward(x), cosines, sines, mask, cache), LastingScalar.One);
        return x.add(_feedForward.forward(_postAttentionNorm.forward(x)), LastingScalar.One);
    }
}
