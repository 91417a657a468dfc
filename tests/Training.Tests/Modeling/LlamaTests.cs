using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Modeling;

public sealed class LlamaTests
{
    private static readonly LlamaConfig Tiny = new() { VocabularySize = 11, HiddenSize = 12, IntermediateSize = 20, Layers = 2, Heads = 3, KeyValueHeads = 1, HeadSize = 4, MaxPositions = 16 };
    private static readonly int[] Ids = [1, 7, 3, 3, 9, 0, 10, 2];

    [Fact]
    public void Logits_equal_the_formulas_written_out_in_doubles()
    {
        using var scope = NewDisposeScope();
        using var model = Spread(Tiny);
        var logits = model.forward(tensor(Ids.Select(i => (long)i).ToArray(), [1, Ids.Length]))[0];

        var expected = new ReferenceLlama(Tiny, Weights(model)).Logits(Ids);

        Assert.Equal(expected.SelectMany(l => l).Select(l => (float)l).ToArray(), logits.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Loss_and_gradients_equal_central_differences_of_the_formulas()
    {
        using var scope = NewDisposeScope();
        using var model = Spread(Tiny);
        var hidden = model.Hidden(tensor(Ids[..^1].Select(i => (long)i).ToArray(), [1, Ids.Length - 1])).flatten(0, 1);
        var loss = VocabularyLoss.Sum(hidden, model.Embedding, tensor(Ids[1..].Select(i => (long)i).ToArray()), ones(Ids.Length - 1)) / (Ids.Length - 1);
        loss.backward();
        var weights = Weights(model);
        var reference = new ReferenceLlama(Tiny, weights);

        Assert.Equal(reference.Loss(Ids), loss.item<float>(), 1e-5);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var gradient = parameter.grad!.data<float>().ToArray();
            foreach (var at in new[] { 0, gradient.Length / 2, gradient.Length - 1 })
            {
                var numbers = weights[name];
                var old = numbers[at];
                (numbers[at], var up) = (old + 1e-5, 0.0);
                up = reference.Loss(Ids);
                numbers[at] = old - 1e-5;
                var down = reference.Loss(Ids);
                numbers[at] = old;
                Assert.True(Math.Abs((up - down) / 2e-5 - gradient[at]) < 1e-4, $"{name}[{at}]: {(up - down) / 2e-5} by differences, {gradient[at]} by backward");
            }
        }
    }

    [Fact]
    public void Parameters_carry_Hugging_Faces_names_and_are_as_many_as_the_config_says()
    {
        using var model = new Llama(Tiny, seed: 1);
        var names = model.named_parameters().Select(p => p.name).ToArray();
        Assert.Contains("model.embed_tokens.weight", names);
        Assert.Contains("model.layers.1.self_attn.q_proj.weight", names);
        Assert.Contains("model.layers.0.mlp.down_proj.weight", names);
        Assert.Contains("model.layers.0.post_attention_layernorm.weight", names);
        Assert.Contains("model.norm.weight", names);
        Assert.Equal(1 + 2 * 9 + 1, names.Length);
        Assert.Equal(Tiny.ParameterCount, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void The_same_seed_draws_the_same_weights_and_another_seed_others()
    {
        using var scope = NewDisposeScope();
        using var one = new Llama(Tiny, seed: 1);
        using var same = new Llama(Tiny, seed: 1);
        using var other = new Llama(Tiny, seed: 2);
        Assert.True(one.Embedding.equal(same.Embedding).all().item<bool>());
        Assert.False(one.Embedding.equal(other.Embedding).all().item<bool>());
    }

    [Fact]
    public void Twin_sees_the_weights_change_and_keeps_its_own_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(Tiny, seed: 1);
        using var twin = model.Twin();
        using (no_grad()) model.Embedding.fill_(0.5f);
        twin.forward(tensor(new long[] { 1, 2 }, [1, 2])).sum().backward();
        Assert.Equal(0.5f, twin.Embedding[3, 3].item<float>());
        Assert.NotNull(twin.Embedding.grad);
        Assert.Null(model.Embedding.grad);
    }

    [Fact]
    public void A_row_longer_than_the_positions_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(Tiny, seed: 1);
        Assert.Contains("at most 16", Assert.Throws<ArgumentException>(() => model.Hidden(zeros(1, 17, dtype: ScalarType.Int64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_with_heads_that_do_not_divide_is_refused() =>
        Assert.Throws<ValidationException>(() => (Tiny with { Heads = 4, KeyValueHeads = 3 }).Validated());

    // Larger weights than training starts from, and norms that are not 1: a mistake in any of them shows.
    private static Llama Spread(LlamaConfig config)
    {
        var model = new Llama(config, seed: 4);
        using var noGrad = no_grad();
        using var generator = new Generator(5);
        foreach (var parameter in model.parameters()) parameter.normal_(parameter.dim() == 1 ? 1 : 0, 0.3, generator);
        return model;
    }

    private static Dictionary<string, double[]> Weights(Llama model) =>
        model.named_parameters().ToDictionary(p => p.name, p => p.parameter.data<float>().Select(v => (double)v).ToArray());
}
