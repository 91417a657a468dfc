using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The recipe's section `dpo`. Source: [D] Rafailov et al. 2023 (arXiv:2305.18290).</summary>
internal sealed record DpoOptions : PreferenceOptions
{
    /// <summary>Times that all comparisons are gone through [D: 1 to 3].</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 1;

    /// <summary>Comparisons to an optimiser step [D: 64].</summary>
    [Range(1, 65_536)]
    public int BatchRows { get; init; } = 32;

    /// <summary>Comparisons to a forward pass; bounds memory only.</summary>
    [Range(1, 4096)]
    public int MicroRows { get; init; } = 8;

    /// <summary>β: how dear it is to leave the reference [D: 0.1].</summary>
    [Range(1e-4, 100.0)]
    public double Coefficient { get; init; } = 0.1;

    /// <summary>Share of the labels that are taken to be wrong; 0 is the paper's loss.</summary>
    [Range(0.0, 0.5)]
    public double LabelSmoothing { get; init; }

    /// <summary>τ that the evaluation's answers are sampled with.</summary>
    [Range(0.0, 5.0)]
    public double Temperature { get; init; } = 1;
}
