using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Models with weights of their own that start as another's.</summary>
internal static class Copies
{
    /// <summary>A frozen copy: a reference, or an average.</summary>
    public static Llama Of(Llama model)
    {
        var copy = new Llama(model.Config, seed: 0, model.Device);
        using var noGrad = no_grad();
        foreach (var (its, mine) in copy.parameters().Zip(model.parameters()))
        {
            its.copy_(mine);
            its.requires_grad_(false);
        }

        return copy;
    }
}
