using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Export;

/// <summary>The recipe's section `export`.</summary>
internal sealed record ExportOptions
{
    /// <summary>The model's name; empty: the recipe's.</summary>
    public string Name { get; init; } = "";

    /// <summary>The stage whose newest checkpoint is exported; of PPO and DPO, the best.</summary>
    public ExportSource From { get; init; } = ExportSource.Sft;

    /// <summary>How the weights are stored; they are computed with in float32 either way.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Float16;

    public GenerationDefaults Generation { get; init; } = new();

    /// <summary>Questions whose answers the model card shows.</summary>
    public IReadOnlyList<string> SamplePrompts { get; init; } =
    [
        "Hello!", "Who are you?", "What can you do?", "What is a volcano?", "What does happy mean?", "What is the capital of France?", "What do cows eat?",
        "Tell me a short story about a dog.", "What is 7 plus 5?",
    ];

    /// <summary>Longest sample, tokens.</summary>
    [Range(1, 2048)]
    public int SampleLength { get; init; } = 80;

    /// <summary>Whether to pass over a damaged checkpoint and export the one before.</summary>
    public bool PassOverDamaged { get; init; }
}
