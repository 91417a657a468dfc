using ChatLoop.Inference.Sampling;

namespace ChatLoop.Inference.Tests.Sampling;

/// <summary>Against numbers worked out by hand. Draws are counted under a fixed seed, so that no run differs from another.</summary>
public sealed class SamplerTests
{
    private const int Draws = 40_000;

    // Half, three tenths, a fifth.
    private static readonly float[] Logits = [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.2f)];

    [Fact]
    public void Temperature_zero_takes_the_likeliest_and_the_first_of_equals()
    {
        Assert.Equal(2, Greedy().Next([-1, 0.5f, 3, 2.9f]));
        Assert.Equal(1, Greedy().Next([-1, 3, 3, 2.9f]));
    }

    [Fact]
    public void Temperature_one_draws_by_the_models_probabilities() => Draw(new() { Seed = 1, Temperature = 1 }, 0.5, 0.3, 0.2);

    // √0.5, √0.3, √0.2 over their sum, 1.70202.
    [Fact]
    public void Temperature_two_takes_the_roots() => Draw(new() { Seed = 2, Temperature = 2 }, 0.41545, 0.32181, 0.26275);

    // Squares: 0.25, 0.09, 0.04 over 0.38.
    [Fact]
    public void Temperature_a_half_takes_the_squares() => Draw(new() { Seed = 3, Temperature = 0.5f }, 0.65789, 0.23684, 0.10526);

    [Fact]
    public void Top_k_keeps_k() => Draw(new() { Seed = 4, Temperature = 1, TopK = 2 }, 0.625, 0.375, 0);

    [Fact]
    public void Top_k_keeps_what_equals_the_kth()
    {
        var drawn = Shares(new() { Seed = 5, Temperature = 1, TopK = 1 }, [2, 1, 2, 0]);

        Assert.Equal(0, drawn[1] + drawn[3]);
        Assert.InRange(drawn[0], 0.49, 0.51);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(500)]
    public void Top_k_of_many_keeps_the_highest(int k)
    {
        var random = new Random(k);
        var logits = Enumerable.Range(0, 500).Select(i => i * 0.001f).ToArray();
        random.Shuffle(logits);
        var floor = logits.OrderDescending().ElementAt(k - 1);

        var drawn = Shares(new() { Seed = 6, Temperature = 1, TopK = k }, logits);

        Assert.All(Enumerable.Range(0, 500), id => Assert.Equal(logits[id] >= floor, drawn[id] > 0));
    }

    // 0.5 is too little, 0.5 + 0.3 enough.
    [Fact]
    public void Top_p_keeps_the_fewest_that_reach_it() => Draw(new() { Seed = 7, Temperature = 1, TopP = 0.7f }, 0.625, 0.375, 0);

    [Theory]
    [InlineData(0)]
    [InlineData(0.45f)]
    public void Top_p_always_keeps_the_likeliest(float p) => Draw(new() { Seed = 8, Temperature = 1, TopP = p }, 1, 0, 0);

    // At temperature 2 the first two hold 0.737: more than 0.7; at 1 they hold 0.8.
    [Fact]
    public void Top_p_comes_after_temperature()
    {
        Draw(new() { Seed = 9, Temperature = 2, TopP = 0.7f }, 0.56351, 0.43649, 0);
        Draw(new() { Seed = 9, Temperature = 2, TopP = 0.75f }, 0.41545, 0.32181, 0.26275);
    }

    // Of the two that top-k leaves, the first alone holds 0.625.
    [Fact]
    public void Top_p_counts_shares_of_what_top_k_leaves() => Draw(new() { Seed = 10, Temperature = 1, TopK = 2, TopP = 0.6f }, 1, 0, 0);

    // A half of 0.5 is 0.25: 0.3 stays, 0.2 goes.
    [Fact]
    public void Min_p_is_a_share_of_the_likeliest() => Draw(new() { Seed = 11, Temperature = 1, MinP = 0.5f }, 0.625, 0.375, 0);

    [Fact]
    public void Min_p_of_one_keeps_only_the_likeliest() => Draw(new() { Seed = 12, Temperature = 1, MinP = 1 }, 1, 0, 0);

    [Fact]
    public void Repetition_penalty_divides_what_is_above_zero_and_multiplies_what_is_below()
    {
        // 2 / 2 = 1 falls behind 1.5; −1 × 2 = −2 falls behind −1.5.
        Assert.Equal(1, Greedy(new() { Seed = 0, RepetitionPenalty = 2 }, prompt: [0]).Next([2, 1.5f, -1]));
        Assert.Equal(1, Greedy(new() { Seed = 0, RepetitionPenalty = 2 }, prompt: [0, 0, 0]).Next([-1, -1.5f, -9]));
        Assert.Equal(0, Greedy(new() { Seed = 0, RepetitionPenalty = 2 }, prompt: [2]).Next([2, 1.5f, -1]));
    }

    // 1, 0.5 → 0.4, 0.5 → 0.4, −0.1: once is all.
    [Fact]
    public void Presence_penalty_is_taken_once_and_not_for_the_prompt() =>
        Assert.Equal([0, 1, 0, 0], Sequence(new() { Seed = 0, PresencePenalty = 0.6f }, [1, 0.5f], prompt: [0]));

    // 1, 0.5 → 0.7, 0.5 → 0.4, 0.5 → 0.4, 0.2 → 0.1, 0.2.
    [Fact]
    public void Frequency_penalty_is_taken_for_every_time() =>
        Assert.Equal([0, 0, 1, 0, 1], Sequence(new() { Seed = 0, FrequencyPenalty = 0.3f }, [1, 0.5f], prompt: [0, 0, 0]));

    [Fact]
    public void Negative_penalties_encourage() => Assert.Equal([1, 1, 1, 1, 1], Sequence(new() { Seed = 0, FrequencyPenalty = -1 }, [1, 1.1f], prompt: []));

    [Fact]
    public void Equal_seeds_draw_equally()
    {
        int[] Drawn(ulong seed) => Sequence(new() { Seed = seed, Temperature = 1 }, Logits, [], 50);

        Assert.Equal(Drawn(3), Drawn(3));
        Assert.NotEqual(Drawn(3), Drawn(4));
    }

    [Fact]
    public void Extreme_logits_and_temperatures_are_drawn_from()
    {
        Assert.Equal(1, new Sampler(new() { Seed = 0, Temperature = 1e-30f }, 3, []).Next([-3e38f, 3e38f, 0]));
        Assert.Equal(1, new Sampler(new() { Seed = 0, Temperature = 1 }, 2, []).Next([float.NegativeInfinity, 0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Logits_that_are_no_numbers_are_an_error(float temperature)
    {
        var sampler = new Sampler(new() { Seed = 0, Temperature = temperature }, 3, []);

        Assert.Throws<InvalidOperationException>(() => sampler.Next([1, float.NaN, 2]));
        Assert.Throws<InvalidOperationException>(() => sampler.Next([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity]));
    }

    private static Sampler Greedy(SamplingSettings? settings = null, int[]? prompt = null) => new(settings ?? new() { Seed = 0 }, prompt is null ? 4 : 3, prompt ?? []);

    private static int[] Sequence(SamplingSettings settings, float[] logits, int[] prompt, int? length = null)
    {
        var sampler = new Sampler(settings, logits.Length, prompt);
        return [.. Enumerable.Range(0, length ?? (settings.PresencePenalty != 0 ? 4 : 5)).Select(_ => sampler.Next(logits))];
    }

    private static double[] Shares(SamplingSettings settings, float[] logits)
    {
        var sampler = new Sampler(settings, logits.Length, []);
        var drawn = new double[logits.Length];
        for (var i = 0; i < Draws; i++) drawn[sampler.Next(logits)] += 1.0 / Draws;
        return drawn;
    }

    private static void Draw(SamplingSettings settings, params double[] expected)
    {
        var drawn = Shares(settings, Logits);
        for (var id = 0; id < expected.Length; id++)
        {
            if (expected[id] is 0 or 1) Assert.Equal(expected[id], drawn[id], 1e-9);
            else Assert.InRange(drawn[id], expected[id] - 0.01, expected[id] + 0.01);
        }
    }
}
