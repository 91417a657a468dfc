using ChatLoop.Training.Modeling;
using ChatLoop.Training.Rewards;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>A decoder with a scalar head in place of the unembedding: what reward is to be expected from here on. It starts as the reward model.</summary>
internal sealed class ValueNetwork : nn.Module
{
    public ValueNetwork(LlamaConfig config, int seed, Device device)
        : base(nameof(ValueNetwork))
    {
        Trunk = new Llama(config, seed, device);
        Head = nn.Linear(config.HiddenSize, 1, device: device);
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        Head.weight!.copy_(empty(Head.weight.shape).normal_(0, 1 / Math.Sqrt(config.HiddenSize + 1), generator));
        nn.init.zeros_(Head.bias!);
        register_module("trunk", Trunk);
        register_module("score", Head);
    }

    /// <summary>A value network that says what the reward model says, so far: its weights, with its normalisation worked into the head.</summary>
    public static ValueNetwork From(RewardModel model)
    {
        var network = new ValueNetwork(model.Config, seed: 0, model.Device);
        using var noGrad = no_grad();
        foreach (var (its, mine) in network.Trunk.parameters().Zip(model.Decoder.parameters())) its.copy_(mine);
        network.Head.weight!.copy_(model.Weight * model.Gain);
        network.Head.bias!.copy_(model.Offset * model.Gain + model.Bias);
        return network;
    }

    public Llama Trunk { get; }

    public Linear Head { get; }

    /// <summary>Values (B, R): for response token t, read at the position before it, which does not know the token yet.</summary>
    public Tensor Values(Sequences sequences) => Head.forward(sequences.AtAnswers(Trunk.Hidden(sequences.Ids))).squeeze(-1);
}
