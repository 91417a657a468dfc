using System.Text.Json.Nodes;
using ChatLoop.Training.Modeling;
using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>What <see cref="TrainingLoop"/> trains: weights, and a seeded stream of data that makes their gradients.</summary>
internal interface ILearner : IDisposable
{
    LlamaConfig Config { get; }

    /// <summary>Everything trained, by name, as checkpoints keep it.</summary>
    IReadOnlyList<(string Name, torch.Tensor Value)> Parameters { get; }

    /// <summary>Where the data is; giving it back puts it there.</summary>
    JsonNode Cursor { get; set; }

    /// <summary>Adds one update's gradients; returns the mean loss and the tokens read.</summary>
    (double Loss, long Tokens) Accumulate();
}
