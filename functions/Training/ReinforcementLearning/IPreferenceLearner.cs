using System.Text.Json.Nodes;
using ChatLoop.Training.Modeling;
using TorchSharp;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>What learns in a <see cref="PreferenceLoop"/>: PPO or DPO.</summary>
internal interface IPreferenceLearner
{
    /// <summary>Does step 0, 1, … and returns what it measured, by name.</summary>
    IReadOnlyDictionary<string, double> Step(long step, double learningRate);

    /// <summary>The policy to judge and to ship: its running average where one is kept.</summary>
    Llama Evaluated { get; }

    /// <summary>Everything trained, and the optimiser's state; the policy under its own names.</summary>
    IReadOnlyList<(string Name, torch.Tensor Value)> Tensors { get; }

    /// <summary>Tokens learnt from so far.</summary>
    long Tokens { get; }

    /// <summary>What else a run needs to go on as if nothing had happened.</summary>
    JsonObject State { get; set; }

    /// <summary>Optimiser steps done, which the optimiser's bias correction counts.</summary>
    long Updates { get; set; }
}
