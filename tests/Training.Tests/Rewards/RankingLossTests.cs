using ChatLoop.Training.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class RankingLossTests
{
    // Three answers, the first and second tied: two pairs of the three that C(3, 2) counts.
    private static readonly long[] Better = [0, 1];
    private static readonly long[] Worse = [2, 2];

    [Fact]
    public void It_is_the_mean_over_all_pairs_of_a_question_with_ties_dropped()
    {
        using var scope = NewDisposeScope();
        var loss = RankingLoss.Of(tensor(new[] { 1f, 0.5f, -0.5f }), tensor(Better), tensor(Worse));
        // By hand: −ln σ(1.5) = 0.201413, −ln σ(1) = 0.313262; their sum over 3.
        Assert.Equal((0.201413 + 0.313262) / 3, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void Margin_and_centring_are_added_as_written()
    {
        using var scope = NewDisposeScope();
        var rewards = tensor(new[] { 1f, 0.5f, -0.5f });
        // By hand: margins 0.5 and 1 leave differences 1 and 0.
        var margin = RankingLoss.Of(rewards, tensor(Better), tensor(Worse), tensor(new[] { 0.5f, 1f }));
        Assert.Equal((0.313262 + 0.693147) / 3, margin.item<float>(), 1e-5);
        // (1 − 0.5)² = 0.25 and (0.5 − 0.5)² = 0: their mean is 0.125.
        var centred = RankingLoss.Of(rewards, tensor(Better), tensor(Worse), centring: 1e-2);
        Assert.Equal((0.201413 + 0.313262) / 3 + 1e-2 * 0.125, centred.item<float>(), 1e-6);
    }

    [Fact]
    public void Its_gradient_raises_the_better_and_lowers_the_worse_and_leaves_ties_alone()
    {
        using var scope = NewDisposeScope();
        var rewards = zeros(3, requires_grad: true);
        RankingLoss.Of(rewards, tensor(new long[] { 0 }), tensor(new long[] { 2 })).backward();
        Assert.Equal([-0.5f / 3, 0f, 0.5f / 3], rewards.grad!.data<float>().ToArray());
    }
}
