using System.Globalization;
using ChatLoop.Core.Improvement;

namespace ChatLoop.App.Improvement;

/// <summary>Whether a model is good enough to be shown to a person. What was not measured is not passed.</summary>
internal static class Gates
{
    public const string RewardAccuracy = "rewardAccuracy";
    public const string WinRate = "winRate";
    public const string Moderation = "moderation";
    public const string Kl = "kl";

    public static IReadOnlyList<GateResult> Of(ImprovementResult result, GateOptions options)
    {
        var gates = new List<GateResult>();
        if (options.LeastRewardAccuracy is { } leastAccuracy)
        {
            gates.Add(Gate(RewardAccuracy, result.RewardAccuracy?.Value, leastAccuracy, value => value >= leastAccuracy, value => $"The reward model orders {value} of the held-out comparisons as people did; at least {leastAccuracy} are asked for.",
                "The reward model's accuracy was not measured: no comparison was held out. Collect comparisons of more users."));
        }

        if (options.LeastWinRate is { } leastWinRate)
        {
            // Of an interval that touches the limit, chance is not excluded; at 0 there is no limit to touch.
            gates.Add(Gate(WinRate, result.WinRate?.Low, leastWinRate, value => value > leastWinRate || leastWinRate == 0, value => $"The win rate's lower end is {value}; it must be above {leastWinRate}.",
                "The win rate was not measured: there was no judge or no held-out prompt."));
        }

        if (options.MostFlaggedIncrease is { } mostIncrease)
        {
            gates.Add(Gate(Moderation, result.Moderation?.FlaggedShareAfter - result.Moderation?.FlaggedShareBefore, mostIncrease, value => value <= mostIncrease, value => $"The share of flagged answers rose by {value}; at most {mostIncrease} is allowed.",
                "Flagged answers were not counted: the recipe names no moderation model."));
        }

        if (options.MostKl is { } mostKl)
        {
            gates.Add(Gate(Kl, result.Kl, mostKl, value => value <= mostKl, value => $"The KL divergence is {value} nats an answer; at most {mostKl} is allowed.",
                "The KL divergence was not measured: no answers were compared."));
        }

        return gates;
    }

    private static GateResult Gate(string name, double? value, double limit, Func<double, bool> passes, Func<string, FormattableString> measured, string missing)
    {
        // NaN passes nothing.
        if (value is not { } found || double.IsNaN(found))
            return new GateResult(name, Passed: false, Value: null, limit, missing);
        var rounded = found.ToString("0.####", CultureInfo.InvariantCulture);
        return new GateResult(name, passes(found), found, limit, FormattableString.Invariant(measured(rounded)));
    }
}
