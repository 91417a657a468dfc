using ChatLoop.Training.Modeling.Fused;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>Root-mean-square norm: w · x / √(mean(x²) + ε) over the last dimension (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly double _epsilon;

    public RmsNorm(int size, double epsilon)
        : base(nameof(RmsNorm))
    {
        _epsilon = epsilon;
        _weight = new Parameter(ones(size));
        register_parameter("weight", _weight);
    }

    public override Tensor forward(Tensor input) =>
        input.device_type == DeviceType.CPU ? FusedRmsNorm.apply(input, _weight, _epsilon) : Plain(input, _weight, _epsilon);

    /// <summary>The norm in libtorch's own operations: for any device, and what faster versions are tested against.</summary>
    public static Tensor Plain(Tensor x, Tensor weight, double epsilon) => x * rsqrt(x.square().mean([-1], keepdim: true) + epsilon) * weight;
}
