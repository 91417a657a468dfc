using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling.Fused;

/// <summary>
/// What a custom function keeps from its forward for its backward pass. TorchSharp's own `save_for_backward` frees its
/// copies only when the garbage collector finalises them, so native memory grows for as long as it sleeps; these are the
/// step's own tensors, which its dispose scope frees on time. Both passes must therefore run within one scope.
/// </summary>
internal static class Kept
{
    private const string Key = "kept";

    public static void Save(autograd.AutogradContext context, params Tensor[] tensors) => context.save_data(Key, tensors);

    public static Tensor[] Read(autograd.AutogradContext context) => (Tensor[])context.get_data(Key);
}
