using ChatLoop.Training.Modeling;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.Tests.Pretraining;

public sealed class SampleGeneratorTests : IDisposable
{
    private readonly Llama _model = new(new LlamaConfig { VocabularySize = 50, HiddenSize = 16, IntermediateSize = 24, Layers = 1, Heads = 2, KeyValueHeads = 1, HeadSize = 8, MaxPositions = 20 }, seed: 2);

    [Fact]
    public void The_same_seed_draws_the_same_tokens_and_another_seed_others()
    {
        Assert.Equal(Draw(temperature: 1, topK: 50, seed: 1), Draw(temperature: 1, topK: 50, seed: 1));
        Assert.NotEqual(Draw(temperature: 1, topK: 50, seed: 1), Draw(temperature: 1, topK: 50, seed: 2));
    }

    [Fact]
    public void The_best_token_alone_is_the_likeliest() => Assert.Equal(Draw(temperature: 0, topK: 1, seed: 1), Draw(temperature: 1, topK: 1, seed: 9));

    [Fact]
    public void It_ends_at_the_stop_token_and_at_the_models_last_position()
    {
        var all = Draw(temperature: 1, topK: 50, seed: 1);
        Assert.Equal(17, all.Count);
        var stop = all[5];
        Assert.Equal(all.Take(all.IndexOf(stop)), SampleGenerator.Continue(_model, [1, 2, 3], stop, 100, 1, 50, seed: 1));
    }

    public void Dispose() => _model.Dispose();

    private List<int> Draw(double temperature, int topK, int seed) => SampleGenerator.Continue(_model, [1, 2, 3], stop: -1, 100, temperature, topK, seed);
}
