using ChatLoop.Training.ReinforcementLearning.Mathematics;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Sums over response tokens, padding left out, of what an update is watched by; means on demand.</summary>
internal sealed class UpdateStatistics
{
    private readonly Dictionary<string, double> _sums = [];

    public double Tokens { get; private set; }

    /// <summary>Mean of k3 from the rollout's policy to the present one, nats per token.</summary>
    public double ApproximateKl => _sums.GetValueOrDefault("policy/approxkl_avg") / Math.Max(1, Tokens);

    /// <param name="mask">(b, R)</param>
    /// <param name="perToken">Values (b, R) by their name.</param>
    public void Add(Tensor mask, params ReadOnlySpan<(string Name, Tensor Value)> perToken)
    {
        Tokens += mask.sum().item<float>();
        foreach (var (name, value) in perToken) _sums[name] = _sums.GetValueOrDefault(name) + Masked.Sum(value.detach(), mask).item<float>();
    }

    public void Add(UpdateStatistics other)
    {
        Tokens += other.Tokens;
        foreach (var (name, sum) in other._sums) _sums[name] = _sums.GetValueOrDefault(name) + sum;
    }

    /// <summary>Writes the means; "val/ratio_squared" turns into the ratio's variance.</summary>
    public void WriteTo(IDictionary<string, double> measured)
    {
        foreach (var (name, sum) in _sums) measured[name] = sum / Math.Max(1, Tokens);
        if (!measured.TryGetValue("val/ratio_squared", out var squares)) return;
        measured.Remove("val/ratio_squared");
        measured["val/ratio_var"] = Math.Max(0, squares - measured["val/ratio"] * measured["val/ratio"]);
    }
}
