using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>
/// The fine-tuned decoder without its unembedding, and a scalar head that reads the last real token of question ⊕ answer
/// (Stiennon et al. 2020, arXiv:2009.01325; Ouyang et al. 2022, arXiv:2203.02155). Rewards have no unit; after training they
/// are normalised to mean 0 and deviation 1 on reference answers. Shapes: B rows, T tokens, C hidden.
/// </summary>
internal sealed class RewardModel : IDisposable
{
    private const string HeadWeight = "score.weight";
    private const string HeadBias = "score.bias";

    /// <summary>A decoder of its own with weights of <paramref name="seed"/>, and a head N(0, 1/√(C + 1)), bias 0.</summary>
    public RewardModel(LlamaConfig config, int seed, Device? device = null)
    {
        Decoder = new Llama(config, seed, device);
        using var scope = NewDisposeScope();
        using var generator = new Generator(unchecked((ulong)seed + 0x5EED));
        var weight = empty(1, config.HiddenSize).normal_(0, 1 / Math.Sqrt(config.HiddenSize + 1), generator);
        Weight = weight.to(Decoder.Device).requires_grad_().DetachFromDisposeScope();
        Offset = zeros(1).to(Decoder.Device).requires_grad_().DetachFromDisposeScope();
    }

    /// <summary>The decoder; its <see cref="Llama.Hidden"/> is what the head reads.</summary>
    public Llama Decoder { get; }

    public LlamaConfig Config => Decoder.Config;

    public Device Device => Decoder.Device;

    /// <summary>The head's weight, (1, C).</summary>
    public Tensor Weight { get; }

    /// <summary>The head's bias, (1).</summary>
    public Tensor Offset { get; }

    /// <summary>1 / deviation of raw rewards on the reference answers; 1 until <see cref="Normalize"/>.</summary>
    public double Gain { get; private set; } = 1;

    /// <summary>−mean / deviation: a reward is <see cref="Gain"/> · raw + <see cref="Bias"/>.</summary>
    public double Bias { get; private set; }

    /// <summary>SHA-256 of the tokenizer that the ids come from.</summary>
    public string TokenizerSha256 { get; init; } = "";

    /// <summary>Everything trained, by name; the decoder's names are Hugging Face's, as is `score.weight`.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [.. Decoder.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), (HeadWeight, Weight), (HeadBias, Offset)];

    /// <summary>Normalised rewards (B).</summary>
    /// <param name="ids">int64 (B, T), padded on the right.</param>
    /// <param name="lengths">int64 (B): real tokens of each row.</param>
    public Tensor Score(Tensor ids, Tensor lengths) => Raw(ids, lengths) * Gain + Bias;

    /// <summary>Rewards (B) as the head gives them; attention is causal, so what pads on the right is never read.</summary>
    public Tensor Raw(Tensor ids, Tensor lengths)
    {
        if (lengths.min().item<long>() < 1) throw new ArgumentException("Every row needs at least one token.", nameof(lengths));
        return EachToken(ids).gather(1, (lengths - 1).unsqueeze(1)).squeeze(1);
    }

    /// <summary>What the head reads at every token, (B, T), not normalised: where a value network starts from.</summary>
    public Tensor EachToken(Tensor ids) => nn.functional.linear(Decoder.Hidden(ids), Weight, Offset).squeeze(-1);

    /// <summary>Sets gain and bias so that raw rewards of this mean and deviation become 0 ± 1.</summary>
    public void Normalize(double mean, double deviation)
    {
        if (!(deviation > 0) || !double.IsFinite(deviation) || !double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(deviation), $"Rewards {mean} ± {deviation} cannot be normalised: all reference answers have the same.");
        (Gain, Bias) = (1 / deviation, -mean / deviation);
    }

    /// <summary>Writes `reward.safetensors`, then `reward.json` with its hash: the model is there whole or not at all.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = RewardFile.TensorFile(folder);
        var hash = SafeTensorsFile.Write(file + ".new", Parameters);
        File.Move(file + ".new", file, overwrite: true);
        new RewardFile(Config, Gain, Bias, TokenizerSha256, hash).Write(folder);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="Cli.StageException">There is no such model, or it is damaged.</exception>
    public static RewardModel Load(string folder, Device device)
    {
        var file = RewardFile.Read(folder);
        var model = new RewardModel(file.Model, seed: 0, device) { TokenizerSha256 = file.TokenizerSha256, Gain = file.Gain, Bias = file.Bias };
        SafeTensorsFile.ReadInto(RewardFile.TensorFile(folder), model.Parameters);
        return model;
    }

    public void Dispose()
    {
        Decoder.Dispose();
        Weight.Dispose();
        Offset.Dispose();
    }
}
