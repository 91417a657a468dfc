using ChatLoop.Training.ReinforcementLearning;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

public sealed class AlarmsTests
{
    private readonly Alarms _alarms = new(new PpoOptions { HackingAlarm = 2 });

    [Fact]
    public void A_negative_kl_names_its_causes()
    {
        Assert.Empty(Step(-0.1, 3));
        Assert.Contains("not drawn from the distribution that is scored", Assert.Single(Step(-0.8, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collapse_is_told_by_the_first_steps_entropy()
    {
        Assert.Empty(Step(1, 3));
        Assert.Empty(Step(1, 0.31));
        Assert.Contains("Entropy has collapsed to 0.290 of 3.000", Assert.Single(Step(1, 0.29)), StringComparison.Ordinal);
    }

    [Fact]
    public void Hacking_is_a_reward_that_rises_while_the_judge_falls_twice_in_a_row()
    {
        Assert.Empty(Seen(1, 1));
        Assert.Empty(Seen(2, 0.9));
        Assert.Empty(Seen(3, 1)); // the judge rose: the count begins again
        Assert.Empty(Seen(4, 0.8));
        Assert.Contains("reward is being hacked", Assert.Single(Seen(5, 0.7)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_they_remember_survives_a_checkpoint()
    {
        Assert.Empty(Step(1, 3));
        Assert.Empty(Seen(1, 1));
        Assert.Empty(Seen(2, 0.9));
        var resumed = new Alarms(new PpoOptions { HackingAlarm = 2 }) { State = _alarms.State };
        Assert.Single(resumed.OfStep(new Dictionary<string, double> { ["objective/entropy"] = 0.1 }));
        Assert.Single(resumed.OfEvaluation(Result(3, 0.8)));
    }

    private string[] Step(double divergence, double entropy) => [.. _alarms.OfStep(new Dictionary<string, double> { ["objective/kl"] = divergence, ["objective/entropy"] = entropy })];

    private string[] Seen(double reward, double judge) => [.. _alarms.OfEvaluation(Result(reward, judge))];

    private static EvaluationResult Result(double reward, double judge) => new([], new Dictionary<string, double> { ["eval/reward"] = reward, ["eval/judge"] = judge });
}
