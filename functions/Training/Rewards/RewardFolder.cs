using ChatLoop.Training.Export;

namespace ChatLoop.Training.Rewards;

/// <summary>What a reward model's exported folder is made of.</summary>
internal sealed record RewardFolder
{
    public required string Name { get; init; }

    public required RewardModel Model { get; init; }

    public required WeightFormat Format { get; init; }

    public required string TokenizerFile { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The model card's text.</summary>
    public required string Card { get; init; }

    /// <summary>The picture of its calibration, which the card shows.</summary>
    public required string Calibration { get; init; }
}
