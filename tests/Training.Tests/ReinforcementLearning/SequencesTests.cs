using ChatLoop.Core.Chat;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

public sealed class SequencesTests
{
    private static readonly (IReadOnlyList<int>, IReadOnlyList<int>)[] Rows = [([1, 7, 5], [8, 9, SpecialTokens.EndId]), ([1, 5], [6, SpecialTokens.EndId])];

    [Fact]
    public void EOS_counts_as_the_answers_last_token_and_PAD_never_does()
    {
        using var scope = NewDisposeScope();
        var sequences = Sequences.Of(Rows, CPU);
        Assert.NotEqual(SpecialTokens.PadId, SpecialTokens.EndId);
        Assert.Equal([1, 7, 5, 8, 9, 2, 1, 5, 6, 2, 0, 0], sequences.Ids.data<long>().ToArray());
        Assert.Equal([1, 1, 1, 1, 1, 0], sequences.Mask.data<float>().ToArray());
        Assert.Equal([8, 9, 2, 6, 2, 0], sequences.Targets.data<long>().ToArray());
        Assert.Equal([6, 4], sequences.Lengths.data<long>().ToArray());
        Assert.Equal([3, 2], sequences.AnswerLengths.data<long>().ToArray());
    }

    [Fact]
    public void A_response_token_is_judged_at_the_position_before_it()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2, 3, 4, 1, 2, 0], Sequences.Of(Rows, CPU).Before.data<long>().ToArray());
    }

    [Fact]
    public void The_value_network_starts_by_saying_what_the_reward_model_says_of_the_text_before_each_token()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var reward = new RewardModel(TinyPolicy.Config, seed: 2);
        reward.Normalize(mean: 0.7, deviation: 2.5);
        using var value = ValueNetwork.From(reward);
        var sequences = Sequences.Of(Rows, CPU);
        var values = value.Values(sequences);
        for (var t = 0; t < 3; t++)
        {
            var known = 3 + t; // the question and the answer's first t tokens
            var expected = reward.Score(sequences.Ids.narrow(0, 0, 1).narrow(1, 0, known), tensor(new[] { (long)known }));
            Assert.Equal(expected.item<float>(), values[0, t].item<float>(), 1e-5);
        }
    }
}
