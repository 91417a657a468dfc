using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using ChatLoop.Training.SupervisedFineTuning;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

[Collection(TrainingCollection.Name)]
public sealed class PpoLearnerTests
{
    private static readonly PpoOptions OneUpdate = TinyPpo.Options with { Epochs = 1, Minibatches = 1 };

    [Fact]
    public void The_first_ratio_is_1_and_the_reference_is_frozen()
    {
        using var ppo = new TinyPpo(OneUpdate with { Temperature = 0.7 });
        var before = Sum(ppo.Reference);
        var measured = ppo.Learner.Step(0, 1e-2);
        Assert.Equal(1, measured["val/ratio"], 1e-4);
        Assert.Equal(0, measured["val/ratio_var"], 1e-6);
        Assert.Equal(0, measured["objective/kl"], 1e-4);
        Assert.True(measured["rollout/logprob_gap"] < 1e-4);
        Assert.Equal(before, Sum(ppo.Reference));
        Assert.NotEqual(before, Sum(ppo.Policy));
        Assert.True(ppo.Learner.Step(1, 1e-2)["objective/kl_k3"] > 1e-4);
    }

    [Fact]
    public void Advantages_are_white_over_the_batch_and_returns_are_of_the_unwhitened_ones()
    {
        using var scope = NewDisposeScope();
        using var ppo = new TinyPpo(TinyPpo.Options with { Trace = 1, Discount = 1, KlCoefficient = 0 });
        var answers = new AnswerGenerator(ppo.Policy, 1).Answer([.. TinyPolicy.Questions.Select(q => q.Ids)], 6, 1, [.. Enumerable.Range(0, 20)]);
        var experience = new ExperienceMaker(ppo.Policy, ppo.Reference, ppo.Value, ppo.Scorer, ppo.Settings).Make(TinyPolicy.Questions, answers, 0, new Dictionary<string, double>());
        var mask = experience.Sequences.Mask;
        Assert.Equal(0, Masked.Mean(experience.Advantages, mask).item<float>(), 1e-5);
        Assert.Equal(1, Masked.Variance(experience.Advantages, mask).item<float>(), 1e-3);
        Assert.Equal(0, (experience.Advantages * (1 - mask)).abs().max().item<float>());

        // With γ = λ = 1 and no penalty, what is to come is the score itself, at every token.
        for (var row = 0; row < answers.Count; row++)
        {
            var likes = TinyPolicy.Questions[row].Ids.Concat(answers[row].Ids).Count(i => i == TinyPolicy.Liked);
            for (var t = 0; t < answers[row].Ids.Count; t++) Assert.Equal(answers[row].Ended ? likes : ppo.Settings.MissingEosScore, experience.Returns[row, t].item<float>(), 1e-4);
        }
    }

    [Fact]
    public void Micro_batches_make_the_gradient_of_the_whole_minibatch()
    {
        using var one = new TinyPpo(OneUpdate with { MicroRows = 32, Epsilon = 1e-2 });
        using var other = new TinyPpo(OneUpdate with { MicroRows = 5, Epsilon = 1e-2 });
        var (whole, parts) = (one.Learner.Step(0, 1e-3), other.Learner.Step(0, 1e-3));
        Assert.Equal(whole["policy/grad_norm"], parts["policy/grad_norm"], 1e-4);
        Assert.True((one.Policy.Embedding - other.Policy.Embedding).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void There_is_one_optimiser_step_to_a_minibatch_in_every_epoch()
    {
        using var ppo = new TinyPpo(TinyPpo.Options with { Epochs = 3, Minibatches = 4, StopAtKl = null });
        Assert.Equal(12, ppo.Learner.Step(0, 1e-4)["policy/updates"]);
        Assert.Equal(12, ppo.Learner.Updates);
    }

    [Fact]
    public void A_batch_is_left_when_the_policy_has_moved_past_the_kl_it_may()
    {
        using var ppo = new TinyPpo(TinyPpo.Options with { Epochs = 4, Minibatches = 2, StopAtKl = 1e-3 });
        var measured = ppo.Learner.Step(0, 5e-2);
        Assert.Equal(1, measured["policy/stopped_on_kl"]);
        Assert.InRange(measured["policy/updates"], 1, 7);
        Assert.Equal(0, ppo.Policy.parameters().Sum(p => p.grad!.abs().sum().item<float>())); // nothing is left over for the next batch
    }

    [Fact]
    public void The_gradient_is_clipped_and_its_norm_before_that_is_logged()
    {
        using var ppo = new TinyPpo(OneUpdate with { ClipNorm = 1e-6, Epsilon = 1e-2 });
        var before = ppo.Policy.Embedding.clone();
        Assert.True(ppo.Learner.Step(0, 1)["policy/grad_norm"] > 1e-3);
        Assert.True((ppo.Policy.Embedding - before).abs().max().item<float>() < 1e-3); // g / ε at most, though the rate is 1
        Assert.Equal(1e-5, new PpoOptions().Epsilon);
    }

    [Fact]
    public void The_running_average_follows_the_policy()
    {
        using var ppo = new TinyPpo(OneUpdate with { Average = 0.75 });
        var start = ppo.Policy.Embedding[3, 3].item<float>();
        ppo.Learner.Step(0, 1e-2);
        var moved = ppo.Policy.Embedding[3, 3].item<float>();
        Assert.NotEqual(start, moved);
        Assert.Equal(0.75 * start + 0.25 * moved, ppo.Learner.Evaluated.Embedding[3, 3].item<float>(), 1e-6);
    }

    [Fact]
    public void The_pretraining_mix_teaches_the_conversations_beside_the_reward()
    {
        using var ppo = new TinyPpo(OneUpdate);
        EncodedConversation[] conversations = [new("set", [1, 6, 5, 8, 8, SpecialTokens.EndId], [false, false, false, true, true, true])];
        var packer = new ConversationPacker(conversations, new Dictionary<string, double>(), rows: 2, length: 12, seed: 1);
        using var learner = new PpoLearner(ppo.Policy, ppo.Reference, ppo.Value, new RuleScorer(_ => 0), new QuestionSource(TinyPolicy.Questions, 1), packer, OneUpdate with { PretrainingMix = 5 }, seed: 1);
        var losses = Enumerable.Range(0, 10).Select(step => learner.Step(step, 5e-3)["loss/pretraining"]).ToArray();
        Assert.True(losses[^1] < losses[0] - 0.3, $"{losses[0]} → {losses[^1]}");
        Assert.NotNull(learner.State["pretraining"]);
    }

    [Fact]
    public void Scores_are_scaled_by_the_references_answers_and_the_scale_is_in_the_checkpoint()
    {
        using var ppo = new TinyPpo(OneUpdate);
        ppo.Learner.Scale = RewardScale.Of([2, 4, 6, 8]); // mean 5, deviation √5
        var state = ppo.Learner.State;
        ppo.Learner.Scale = RewardScale.None;
        ppo.Learner.State = state;
        Assert.Equal(new RewardScale(5, Math.Sqrt(5)), ppo.Learner.Scale);
        using var scope = NewDisposeScope();
        Assert.Equal(3 / Math.Sqrt(5), ppo.Learner.Scale.Apply(tensor(new[] { 8f })).item<float>(), 1e-6);
        Assert.Equal(1, RewardScale.Of([3, 3]).Deviation);
    }

    private static double Sum(Llama model) => model.parameters().Sum(p => p.detach().abs().sum(ScalarType.Float64).item<double>());
}
