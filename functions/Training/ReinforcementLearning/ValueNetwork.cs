using ChatLoop.Training.Modeling;
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

    public Llama Trunk { get; }

    public Linear Head { get; }

    /// <summary>Values (B, R): for response token t, read at the position before it, which does not know the token yet.</summary>
    public Tensor Values(Sequences sequences) => Head.forward(sequences.AtAnswers(Trunk.Hidden(sequences.Ids))).squeeze(-1);
}
