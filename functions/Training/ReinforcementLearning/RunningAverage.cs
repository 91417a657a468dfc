using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Exponential moving average of a policy's weights (InstructGPT, appendix C.4).</summary>
internal sealed class RunningAverage(Llama policy, Llama average, double share)
{
    public Llama Model => average;

    /// <summary>average ← share·average + (1 − share)·policy</summary>
    public void Update()
    {
        using var noGrad = no_grad();
        foreach (var (mine, its) in average.parameters().Zip(policy.parameters()))
        {
            using var scope = NewDisposeScope();
            mine.mul_(share).add_(its, 1 - share);
        }
    }

    /// <summary>The average's weights for a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => average.named_parameters().Select(p => ("average." + p.name, (Tensor)p.parameter));
}
