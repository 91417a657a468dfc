using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Shifts and scales scores so that the reference's answers have mean 0 and deviation 1; kept with the checkpoint.</summary>
internal sealed record RewardScale(double Mean, double Deviation)
{
    public static RewardScale None { get; } = new(0, 1);

    /// <param name="scores">Scores of the reference's answers.</param>
    public static RewardScale Of(IReadOnlyCollection<double> scores)
    {
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
        return new RewardScale(mean, deviation > 1e-6 ? deviation : 1); // alike to the last bit: nothing to scale by
    }

    public Tensor Apply(Tensor scores) => (scores - Mean) / Deviation;
}
