using ChatLoop.Training.Modeling.Fused;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>SwiGLU: down(silu(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202).</summary>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly Linear _gate;
    private readonly Linear _up;
    private readonly Linear _down;

    public FeedForward(LlamaConfig config)
        : base(nameof(FeedForward))
    {
        _gate = nn.Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        _up = nn.Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        _down = nn.Linear(config.IntermediateSize, config.HiddenSize, hasBias: false);
        register_module("gate_proj", _gate);
        register_module("up_proj", _up);
        register_module("down_proj", _down);
    }

    public override Tensor forward(Tensor input) => _down.forward(Gated(_gate.forward(input), _up.forward(input)));

    /// <summary>silu(gate) · up in libtorch's own operations: for any device, and what the fused version is tested against.</summary>
    public static Tensor Plain(Tensor gate, Tensor up) => nn.functional.silu(gate) * up;

    private static Tensor Gated(Tensor gate, Tensor up) => gate.device_type == DeviceType.CPU ? FusedSwiGlu.apply(gate, up) : Plain(gate, up);
}
