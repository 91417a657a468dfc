using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Export;
using ChatLoop.Training.Optimization;

namespace ChatLoop.Training.Rewards;

/// <summary>
/// The recipe's sections `reward` and `judge`. `batchRows` counts questions to a forward pass, `sequenceLength` is the longest question
/// with its answer, `validationRows` are held-out questions. Answers are padded to the longest of a forward pass: on a CPU, one question to
/// a pass and more `accumulation` is faster.
/// </summary>
internal sealed record RewardOptions : LoopOptions
{
    /// <summary>The folder of data sets; empty: that of the section `data`, and where that is empty, synthetic answers.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// Folder of a finished reward model that is used as it is, nothing trained: exported with its weights (`model.safetensors`), or a run's
    /// folder `reward` or `judge`. All comparisons then test it. Empty: a model is trained.
    /// </summary>
    public string Model { get; init; } = "";

    /// <summary>Folder of a reward model, as for <see cref="Model"/>, that training starts from; empty: the fine-tuned chat model with a new head.</summary>
    public string Base { get; init; } = "";

    /// <summary>Data sets to read; empty: every set of ranked answers.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Most comparisons of one set, taken evenly over it.</summary>
    [Range(1, 10_000_000)]
    public int MaxComparisonsPerSet { get; init; } = 10_000_000;

    /// <summary>Whether given answers ranked above the drafts of the stage `drafts` are read too.</summary>
    public bool Drafts { get; init; }

    /// <summary>Conversations of each set whose answer is ranked above answers to other questions; 0 for none.</summary>
    [Range(0, 10_000_000)]
    public int MismatchedPerSet { get; init; }

    /// <summary>Questions that the trainer makes itself where there is no folder.</summary>
    [Range(10, 1_000_000)]
    public int SyntheticQuestions { get; init; } = 200;

    /// <summary>Times through the training questions; more than one overfits (Stiennon et al. 2020).</summary>
    [Range(1, 100)]
    public int Epochs { get; init; } = 1;

    /// <summary>How much the better answer should win by, times the difference of the scores; 0 for none.</summary>
    [Range(0.0, 100.0)]
    public double Margin { get; init; }

    /// <summary>Weight of the mean of (r_w + r_l)²; 1e-2 centres the rewards, 0 leaves them.</summary>
    [Range(0.0, 10.0)]
    public double Centring { get; init; }

    /// <summary>Share of the questions that no reward model trains on.</summary>
    [Range(0.0, 0.9)]
    public double ValShare { get; init; } = 0.1;

    /// <summary>Questions held out at least, those of `eval-` sets counted: where valShare gives fewer, more are, up to half of them.</summary>
    [Range(0, 1_000_000)]
    public int MinHeldOut { get; init; } = 1;

    /// <summary>Comparisons to train on without which the stage ends with an error.</summary>
    [Range(1, 1_000_000)]
    public int MinComparisons { get; init; } = 1;

    /// <summary>Share of the labelers, where a set names them, that no reward model trains on.</summary>
    [Range(0.0, 0.9)]
    public double HeldOutLabelers { get; init; } = 0.1;

    /// <summary>Where this model's part of the remaining questions starts, in [0, 1): two models of disjoint parts can judge each other.</summary>
    [Range(0.0, 1.0)]
    public double QuestionsFrom { get; init; }

    /// <summary>Where this model's part of the questions ends.</summary>
    [Range(0.0, 1.0)]
    public double QuestionsTo { get; init; } = 1;

    /// <summary>Added to the run's seed, so that a second model starts from another head and order.</summary>
    [Range(0, 1_000_000)]
    public int SeedOffset { get; init; }

    /// <summary>How the decoder's weights are stored; they are rounded before anything is measured, so every figure is of the stored ones.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Float16;

    /// <summary>Training questions whose answers' rewards become 0 ± 1.</summary>
    [Range(2, 100_000)]
    public int ReferenceQuestions { get; init; } = 200;

    /// <summary>Most comparisons of one set and split in the report.</summary>
    [Range(1, 10_000_000)]
    public int ReportComparisons { get; init; } = 1000;

    /// <summary>Whether to pass over a damaged checkpoint and go on from the one before.</summary>
    public bool PassOverDamaged { get; init; }
}
