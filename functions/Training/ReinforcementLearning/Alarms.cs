using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Sees when a run goes wrong, and says why. What it remembers goes into the checkpoint.</summary>
internal sealed class Alarms(PreferenceOptions options)
{
    private double? _firstEntropy;
    private (double Reward, double Judge)? _lastSeen;
    private int _apart;

    public JsonObject State
    {
        get => new() { ["firstEntropy"] = _firstEntropy, ["lastReward"] = _lastSeen?.Reward, ["lastJudge"] = _lastSeen?.Judge, ["apart"] = _apart };
        set => (_firstEntropy, _lastSeen, _apart) =
            ((double?)value["firstEntropy"], (double?)value["lastReward"] is { } reward ? (reward, (double)value["lastJudge"]!) : null, (int)value["apart"]!);
    }

    /// <summary>What is wrong with a step, in a sentence each.</summary>
    public IEnumerable<string> OfStep(IReadOnlyDictionary<string, double> measured)
    {
        if (measured.TryGetValue("objective/kl", out var divergence) && divergence < options.NegativeKlAlarm)
        {
            yield return Text($"KL from the reference is negative ({divergence:F3} nats per answer), which no policy's own samples can have on average: the answers were not drawn from the distribution that is scored (temperature, top-k or top-p, dropout, padding or an end token that is masked), or forced to a length.");
        }

        if (!measured.TryGetValue("objective/entropy", out var entropy)) yield break;
        _firstEntropy ??= entropy;
        if (entropy < options.EntropyAlarm * _firstEntropy)
        {
            yield return Text($"Entropy has collapsed to {entropy:F3} of {_firstEntropy:F3} nats per token: the policy says the same whatever it is asked. Raise klCoefficient, or lower the learning rate or the epochs.");
        }
    }

    /// <summary>What is wrong with an evaluation: the judge falls while the reward rises, several times in a row.</summary>
    public IEnumerable<string> OfEvaluation(EvaluationResult result)
    {
        if (!result.Values.TryGetValue("eval/judge", out var judge)) yield break;
        var reward = result.Values["eval/reward"];
        if (_lastSeen is { } last) _apart = reward > last.Reward && judge < last.Judge ? _apart + 1 : 0;
        _lastSeen = (reward, judge);
        if (_apart >= options.HackingAlarm)
        {
            yield return Text($"The reward is being hacked: it has risen (to {reward:F3}) while the judge, a reward model that training never sees, has fallen (to {judge:F3}) {_apart} evaluations in a row. The checkpoint in best/ is from before; raise klCoefficient or train the reward model on more.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
