using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning.Rollouts;

public sealed class AnswerGeneratorTests
{
    private static readonly IReadOnlyList<IReadOnlyList<int>> Prompts = [[1, 7, 9, 5], [1, 5], [1, 8, 8, 6, 10, 5], [1, 11, 5]];

    [Fact]
    public void Left_padding_and_the_cache_leave_the_logits_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyPolicy.Create();
        int[] next = [6, 9, 10];
        var padded = LeftPadded.Of(Prompts, next.Length, CPU);
        var cache = new KeyValueCache(model.Config, Prompts.Count, padded.Ids.shape[1] + next.Length, CPU);
        List<Tensor> logits = [Last(model, model.Hidden(padded.Ids, padded.Positions, padded.Mask, cache))];
        for (var i = 0; i < next.Length; i++)
        {
            var positions = tensor(Prompts.Select(p => (long)p.Count + i).ToArray(), [Prompts.Count, 1]);
            logits.Add(Last(model, model.Hidden(full([Prompts.Count, 1], next[i], ScalarType.Int64), positions, padded.Visible.narrow(3, 0, padded.Ids.shape[1] + i + 1), cache)));
        }

        for (var row = 0; row < Prompts.Count; row++)
        {
            for (var i = 0; i < logits.Count; i++)
            {
                long[] alone = [.. Prompts[row].Select(id => (long)id), .. next.Take(i).Select(id => (long)id)];
                var expected = Last(model, model.Hidden(tensor(alone, [1, alone.Length])))[0];
                Assert.True((expected - logits[i][row]).abs().max().item<float>() < 1e-4, $"row {row}, {i} tokens after the prompt");
            }
        }
    }

    [Fact]
    public void Drawn_log_probabilities_are_those_of_the_whole_pass_under_the_same_temperature()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyPolicy.Create();
        var answers = new AnswerGenerator(model, threads: 2).Answer(Prompts, longest: 8, temperature: 0.7, [1, 2, 3, 4]);
        var sequences = Sequences.Of([.. Prompts.Zip(answers, (p, a) => (p, a.Ids))], CPU);
        var scored = PolicyForward.Run(model, sequences, 0.7).LogProbabilities;
        for (var row = 0; row < answers.Count; row++)
        {
            for (var t = 0; t < answers[row].Ids.Count; t++) Assert.Equal(answers[row].LogProbabilities[t], scored[row, t].item<float>(), 1e-4);
        }
    }

    [Fact]
    public void Answers_end_with_the_first_EOS_or_at_their_longest()
    {
        using var model = TinyPolicy.Create();
        IReadOnlyList<int>[] many = [.. Enumerable.Range(0, 60).Select(i => Prompts[i % 4])];
        var answers = new AnswerGenerator(model, threads: 2).Answer(many, longest: 10, temperature: 1, [.. Enumerable.Range(0, 60)]);
        Assert.Contains(answers, a => a.Ended);
        Assert.Contains(answers, a => !a.Ended);
        Assert.All(answers, a =>
        {
            Assert.Equal(a.Ended, a.Ids[^1] == SpecialTokens.EndId);
            Assert.DoesNotContain(SpecialTokens.EndId, a.Ids.SkipLast(1));
            Assert.True(a.Ended ? a.Ids.Count <= 10 : a.Ids.Count == 10);
        });
    }

    [Fact]
    public void An_answer_depends_on_its_prompt_and_seed_and_not_on_its_neighbours_or_the_threads()
    {
        using var model = TinyPolicy.Create();
        var together = new AnswerGenerator(model, threads: 2).Answer(Prompts, 8, 1, [1, 2, 3, 4]);
        for (var i = 0; i < Prompts.Count; i++)
        {
            Assert.Equal(together[i].Ids, new AnswerGenerator(model, threads: 1).Answer([Prompts[i]], 8, 1, [i + 1])[0].Ids);
        }
    }

    [Fact]
    public void Every_token_is_drawn_as_often_as_its_probability_says()
    {
        var random = new Random(1);
        double[] expected = [0.5, 0.3, 0.15, 0.05];
        var counts = new int[4];
        const int Draws = 40_000;
        for (var i = 0; i < Draws; i++)
        {
            float[] logits = [.. expected.Select(p => (float)(Math.Log(p) * 2))];
            var (id, logProbability) = TokenSampler.Draw(logits, temperature: 2, random);
            counts[id]++;
            Assert.Equal(Math.Log(expected[id]), logProbability, 1e-5);
        }

        // No token is cut off (top-k 0, top-p 1); within five standard deviations.
        Assert.All(expected.Zip(counts), p => Assert.Equal(p.First, p.Second / (double)Draws, 5 * Math.Sqrt(p.First * (1 - p.First) / Draws)));
    }

    [Fact]
    public void Without_temperature_the_likeliest_token_is_taken()
    {
        using var model = TinyPolicy.Create();
        var one = new AnswerGenerator(model, 2).Answer(Prompts, 6, 0, [1, 2, 3, 4]);
        var other = new AnswerGenerator(model, 2).Answer(Prompts, 6, 0, [5, 6, 7, 8]);
        Assert.All(one.Zip(other), p => Assert.Equal(p.First.Ids, p.Second.Ids));
    }

    [Fact]
    public void Tokens_drawn_and_the_time_they_took_are_reported()
    {
        using var model = TinyPolicy.Create();
        var generator = new AnswerGenerator(model, 1);
        var answers = generator.Answer(Prompts, 6, 1, [1, 2, 3, 4]);
        Assert.Equal(answers.Sum(a => a.Ids.Count), generator.Tokens);
        Assert.True(generator.Time > TimeSpan.Zero);
    }

    private static Tensor Last(Llama model, Tensor hidden) => matmul(hidden.select(1, hidden.shape[1] - 1), model.Embedding.t());
}
