using TorchSharp;

namespace ChatLoop.Training.Export;

/// <summary>Weights as a half-precision file will hold them.</summary>
internal static class HalfPrecision
{
    /// <summary>Rounds in place: what the trainer then measures is true of the exported folder.</summary>
    public static void Round(IEnumerable<torch.Tensor> weights)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        foreach (var weight in weights) weight.copy_(weight.to(torch.ScalarType.Float16).to(torch.ScalarType.Float32));
    }
}
