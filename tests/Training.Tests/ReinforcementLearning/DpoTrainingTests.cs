using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.ReinforcementLearning;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

[Collection(TrainingCollection.Name)]
public sealed class DpoTrainingTests
{
    // The chosen answer says the liked token, the rejected one another.
    private static readonly AnswerPair[] Comparisons = [.. TinyPolicy.Questions.Select(q => new AnswerPair(q, [TinyPolicy.Liked, TinyPolicy.Liked, SpecialTokens.EndId], [9, SpecialTokens.EndId]))];

    private static readonly DpoOptions Options = new() { BatchRows = 8, MicroRows = 3, Schedule = new Schedule { Peak = 3e-3, WarmupSteps = 2 } };

    [Fact]
    public void Dpo_learns_which_answer_is_preferred()
    {
        using var reference = TinyPolicy.Create(deviation: 0.15);
        using var policy = TinyPolicy.Create(deviation: 0.15);
        using var learner = new DpoLearner(policy, reference, Comparisons, Options, seed: 1);
        var first = learner.Step(0, 3e-3);
        Assert.Equal(Math.Log(2), first["loss/dpo"], 1e-5); // policy = reference: every margin is 0
        Assert.Equal(0, first["dpo/margin"], 1e-5);
        var last = first;
        for (var step = 1; step < 30; step++) last = learner.Step(step, 3e-3);
        Assert.Equal(1, last["dpo/accuracy"]);
        Assert.True(last["loss/dpo"] < 0.5 && last["dpo/margin"] > 0.5, $"loss {last["loss/dpo"]}, margin {last["dpo/margin"]}");
    }

    [Fact]
    public void Micro_batches_make_the_gradient_of_the_whole_batch()
    {
        using var scope = NewDisposeScope();
        using var reference = TinyPolicy.Create(deviation: 0.15);
        using var one = TinyPolicy.Create(deviation: 0.15);
        using var other = TinyPolicy.Create(deviation: 0.15);
        Step(one, Options with { MicroRows = 8 });
        Step(other, Options with { MicroRows = 3 });
        Assert.True((one.Embedding - other.Embedding).abs().max().item<float>() < 1e-5);

        void Step(Llama policy, DpoOptions options)
        {
            using var learner = new DpoLearner(policy, reference, Comparisons, options with { Epsilon = 1e-2 }, seed: 1);
            learner.Step(0, 1e-3);
        }
    }
}
