using ChatLoop.Training.Evaluation.Likelihood;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Tests.ReinforcementLearning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Evaluation.Likelihood;

public sealed class LikelihoodScorerTests
{
    [Theory]
    [InlineData(1, 8)] // a row at a time
    [InlineData(2, 40)]
    [InlineData(1, 4096)] // all in one, padded
    public void Likelihoods_are_those_of_a_plain_pass_whatever_shares_the_batch(int threads, int tokensAtOnce)
    {
        using var model = TinyPolicy.Create();
        var random = new Random(1);
        Continuation[] texts = [.. Enumerable.Range(0, 30).Select(_ => new Continuation(Ids(random, 1 + random.Next(9)), Ids(random, 1 + random.Next(6))))];

        var scores = new LikelihoodScorer(model, threads, tokensAtOnce).Score(texts, progress: null, CancellationToken.None);

        Assert.All(texts.Zip(scores), t => Assert.Equal(Plain(model, t.First).LogProbability, t.Second.LogProbability, 1e-4));
        Assert.Equal(texts.Select(t => Plain(model, t).IsGreedy), scores.Select(s => s.IsGreedy));
    }

    [Fact]
    public void What_the_model_would_write_itself_is_greedy()
    {
        using var model = TinyPolicy.Create();
        var likeliest = Enumerable.Range(0, 12).Single(id => Plain(model, new Continuation([1, 5, 7], [id])).IsGreedy);
        var scores = new LikelihoodScorer(model, 1, 100).Score([new Continuation([1, 5, 7], [likeliest]), new Continuation([1, 5, 7], [(likeliest + 1) % 12])], progress: null, CancellationToken.None);
        Assert.Equal([true, false], scores.Select(s => s.IsGreedy));
    }

    [Fact]
    public void A_context_that_is_too_long_loses_its_beginning()
    {
        using var model = TinyPolicy.Create();
        var random = new Random(2);
        var (context, ids) = (Ids(random, 60), Ids(random, 4));
        var cut = new Continuation([.. context.TakeLast(TinyPolicy.Config.MaxPositions - 3)], ids); // the last id is not read
        var scores = new LikelihoodScorer(model, 1, 100).Score([new Continuation(context, ids)], progress: null, CancellationToken.None);
        Assert.Equal(Plain(model, cut).LogProbability, scores[0].LogProbability, 1e-4);
    }

    [Fact]
    public void It_stops_between_batches()
    {
        using var model = TinyPolicy.Create();
        using var stop = new CancellationTokenSource();
        var told = 0;
        var texts = Enumerable.Repeat(new Continuation([1], [7]), 20).ToArray();
        Assert.Throws<OperationCanceledException>(() => new LikelihoodScorer(model, 1, 1).Score(texts, done => { told = done; stop.Cancel(); }, stop.Token));
        Assert.Equal(1, told);
    }

    private static int[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(12))];

    private static ScoredContinuation Plain(Llama model, Continuation text)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long[] ids = [.. text.Context.Concat(text.Ids).Select(i => (long)i)];
        var logarithms = nn.functional.log_softmax(model.forward(tensor(ids[..^1], [1, ids.Length - 1])), -1)[0];
        var (sum, greedy) = (0.0, true);
        for (var i = text.Context.Count; i < ids.Length; i++)
        {
            var row = logarithms[i - 1].data<float>().ToArray();
            sum += row[ids[i]];
            greedy &= row[ids[i]] == row.Max();
        }

        return new ScoredContinuation(sum, greedy);
    }
}
