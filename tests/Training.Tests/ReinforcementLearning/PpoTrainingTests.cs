using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.ReinforcementLearning;
using TorchSharp;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

[Collection(TrainingCollection.Name)]
public sealed class PpoTrainingTests
{
    [Fact]
    public void Ppo_raises_a_reward_that_counts_a_token_at_a_bounded_kl()
    {
        using var ppo = new TinyPpo(TinyPpo.Options with { TotalSteps = 40 });
        ppo.Train();
        var evaluations = ppo.Metrics.Where(l => l.Kind == "validation").Select(l => l.Values!).ToArray();
        Assert.True(evaluations[^1]["eval/reward"] > evaluations[0]["eval/reward"] + 1, $"{evaluations[0]["eval/reward"]} → {evaluations[^1]["eval/reward"]}");
        Assert.Equal(0, evaluations[0]["eval/kl"], 1e-4);
        Assert.InRange(evaluations[^1]["eval/kl"], 0.1, 15);
        Assert.True(evaluations[^1]["eval/win_rate_reward"] > 0.6);
    }

    [Fact]
    public void A_dearer_kl_keeps_the_policy_nearer_to_the_reference()
    {
        using var cheap = new TinyPpo(TinyPpo.Options with { KlCoefficient = 0.01 });
        using var dear = new TinyPpo(TinyPpo.Options with { KlCoefficient = 2 });
        cheap.Train();
        dear.Train();
        Assert.True(Divergence(dear) < Divergence(cheap) / 2, $"{Divergence(dear)} against {Divergence(cheap)}");

        static double Divergence(TinyPpo ppo) => ppo.Metrics.Last(l => l.Kind == "step").Values!["objective/kl"];
    }

    [Fact]
    public void A_run_that_stops_and_resumes_is_bit_for_bit_the_run_that_does_not()
    {
        var options = TinyPpo.Options with { TotalSteps = 8, CheckpointEvery = 3, KlTarget = 1, KlHorizon = 100, Average = 0.9 };
        using var whole = new TinyPpo(options);
        using var halved = new TinyPpo(options);
        whole.Train();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => halved.Train(new SilentReporter(done =>
        {
            if (done >= 4) stop.Cancel();
        }), stop.Token));
        using var resumed = halved.Again();
        resumed.Train();

        Assert.Equal(Hash(whole), Hash(resumed));
        Assert.Equal(Values(whole), Values(resumed));
        Assert.NotEqual(options.KlCoefficient, whole.Metrics.Last(l => l.Kind == "step").Values!["objective/kl_coefficient"]);

        static string Hash(TinyPpo ppo) => SafeTensorsFile.Hash(new CheckpointFolder(ppo.Folder, 2).TensorFile(8));

        // All but the speed.
        static string[] Values(TinyPpo ppo) =>
            [.. ppo.Metrics.Select(l => $"{l.Kind} {l.Step} {string.Join(' ', l.Values?.Where(v => !v.Key.EndsWith("per_second", StringComparison.Ordinal)) ?? [])} {l.Text}")];
    }

    [Fact]
    public void The_same_seed_trains_the_same_policy_and_another_seed_another()
    {
        var options = TinyPpo.Options with { TotalSteps = 3 };
        using var one = new TinyPpo(options);
        using var same = new TinyPpo(options);
        using var other = new TinyPpo(options, seed: 4);
        foreach (var ppo in new[] { one, same, other }) ppo.Train();
        Assert.True(one.Policy.Embedding.equal(same.Policy.Embedding).all().item<bool>());
        Assert.False(one.Policy.Embedding.equal(other.Policy.Embedding).all().item<bool>());
    }

    [Fact]
    public void The_best_checkpoint_is_the_judges_and_a_hacked_reward_sounds_an_alarm_that_says_so()
    {
        // The judge counts the very token that the reward model likes against the answer.
        using var ppo = new TinyPpo(TinyPpo.Options with { TotalSteps = 20, EvaluateEvery = 5, HackingAlarm = 1, KlCoefficient = 0 }, judge: new RuleScorer(ids => -ids.Count(i => i == TinyPolicy.Liked)));
        var reporter = new SilentReporter();
        ppo.Train(reporter);
        Assert.Contains(ppo.Metrics, l => l.Kind == "alarm" && l.Text!.Contains("reward is being hacked", StringComparison.Ordinal));
        Assert.Contains(reporter.Lines, l => l.Contains("ALARM", StringComparison.Ordinal));
        var best = new CheckpointFolder(Path.Combine(ppo.Folder, "best"), 1).Newest(passOverDamaged: false)!;
        var judged = ppo.Metrics.Where(l => l.Kind == "validation" && l.Step > 0).ToArray();
        Assert.Equal(judged.MaxBy(l => l.Values!["eval/judge"])!.Step, best.Step);
        Assert.True(best.Step < 20);
    }

    [Fact]
    public void A_run_leaves_metrics_plots_and_samples_side_by_side()
    {
        using var ppo = new TinyPpo(TinyPpo.Options with { TotalSteps = 3 });
        ppo.Train();
        foreach (var picture in new[] { "curves.png", "reward-kl.png" }) Assert.Equal([0x89, 0x50], File.ReadAllBytes(Path.Combine(ppo.Folder, picture))[..2]);
        var samples = File.ReadAllLines(Path.Combine(ppo.Folder, "samples.md"));
        Assert.Contains("| question | before | after |", samples);
        Assert.Equal(2, samples.Count(l => l.StartsWith("| question ", StringComparison.Ordinal) && l.Contains("question 0", StringComparison.Ordinal) || l.Contains("question 1 ", StringComparison.Ordinal)));
        string[] expected =
        [
            "objective/kl", "objective/kl_coefficient", "objective/non_score_reward", "objective/rlhf_reward", "objective/scores", "objective/entropy", "policy/approxkl_avg",
            "policy/clipfrac_avg", "val/clipfrac_avg", "val/ratio", "val/ratio_var", "val/explained_variance", "policy/grad_norm", "rollout/length", "rollout/share_with_eos", "rollout/tokens_per_second",
        ];
        Assert.Empty(expected.Except(ppo.Metrics.Last(l => l.Kind == "step").Values!.Keys));
    }

    [Fact]
    public void A_checkpoint_of_other_questions_is_refused()
    {
        using var ppo = new TinyPpo(TinyPpo.Options with { TotalSteps = 1 });
        var state = ppo.Learner.State;
        using var other = new PpoLearner(ppo.Policy, ppo.Reference, ppo.Value, ppo.Scorer, new QuestionSource([.. TinyPolicy.Questions.Skip(1)], 3), null, ppo.Settings, 3);
        Assert.Contains("other questions", Assert.Throws<StageException>(() => other.State = state).Message, StringComparison.Ordinal);
    }
}
