using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class RewardModelTests
{
    internal static readonly LlamaConfig Shape = new() { VocabularySize = 300, HiddenSize = 32, IntermediateSize = 48, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8, MaxPositions = 64 };

    [Fact]
    public void The_head_starts_from_N_0_1_over_the_root_of_d_plus_1_with_bias_0()
    {
        using var scope = NewDisposeScope();
        using var model = new RewardModel(Shape with { HiddenSize = 4096, Layers = 1 }, seed: 1);
        Assert.Equal(1 / Math.Sqrt(4097), model.Weight.std().item<float>(), 0.03 / Math.Sqrt(4097));
        Assert.Equal(0, model.Weight.mean().item<float>(), 1e-3);
        Assert.Equal(0, model.Offset.item<float>());
    }

    [Fact]
    public void The_reward_is_read_at_the_last_real_token_whatever_pads_the_row()
    {
        using var scope = NewDisposeScope();
        using var model = new RewardModel(Shape, seed: 2);
        using var noGrad = no_grad();
        long[] text = [1, 70, 80, 90, 2];
        var alone = model.Raw(tensor(text, [1, 5]), tensor(new long[] { 5 })).item<float>();
        var padded = model.Raw(tensor([.. text, 0L, 0L, 0L, 1L, 70L, 80L, 90L, 2L, 99L, 98L, 97L], [2, 8]), tensor(new long[] { 5, 5 })).data<float>().ToArray();
        var byHand = (model.Decoder.Hidden(tensor(text, [1, 5]))[0, 4] * model.Weight[0]).sum().item<float>();
        Assert.All(padded, p => Assert.Equal(alone, p, 1e-5));
        Assert.Equal(byHand, alone, 1e-5);
        Assert.NotEqual(alone, model.Raw(tensor(text, [1, 5]), tensor(new long[] { 4 })).item<float>(), 1e-4);
    }

    [Fact]
    public void Saved_and_loaded_it_gives_the_same_normalised_rewards()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("reward-").FullName;
        try
        {
            using var noGrad = no_grad();
            using var model = new RewardModel(Shape, seed: 3) { TokenizerSha256 = "abc" };
            var (ids, lengths) = (randint(6, 300, [5, 12]), tensor(new long[] { 12, 7, 3, 9, 1 }));
            var raw = model.Raw(ids, lengths);
            model.Normalize(raw.mean().item<float>(), raw.std(unbiased: false).item<float>());
            var scores = model.Score(ids, lengths);
            Assert.Equal(0, scores.mean().item<float>(), 1e-4);
            Assert.Equal(1, scores.std(unbiased: false).item<float>(), 1e-4);

            model.Save(folder);
            using var loaded = RewardModel.Load(folder, CPU);
            Assert.Equal((model.Gain, model.Bias, "abc"), (loaded.Gain, loaded.Bias, loaded.TokenizerSha256));
            Assert.Equal(scores.data<float>().ToArray(), loaded.Score(ids, lengths).data<float>().ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_or_damaged_model_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("reward-").FullName;
        try
        {
            Assert.Contains("run the stage `reward` first", Assert.Throws<StageException>(() => RewardModel.Load(folder, CPU)).Message, StringComparison.Ordinal);
            using (var model = new RewardModel(Shape, seed: 3)) model.Save(folder);
            var file = Path.Combine(folder, "reward.safetensors");
            var bytes = File.ReadAllBytes(file);
            bytes[^5] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.Contains("is damaged", Assert.Throws<StageException>(() => RewardModel.Load(folder, CPU)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
