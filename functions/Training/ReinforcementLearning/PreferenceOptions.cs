using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Optimization;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>What `ppo` and `dpo` share: lengths, optimiser, evaluation, checkpoints.</summary>
internal abstract record PreferenceOptions
{
    /// <summary>Most tokens of a question; longer conversations lose their oldest messages whole.</summary>
    [Range(4, 100_000)]
    public int PromptLength { get; init; } = 192;

    /// <summary>Most tokens of an answer, EOS counted.</summary>
    [Range(1, 100_000)]
    public int AnswerLength { get; init; } = 64;

    /// <summary>Learning rate per step; warm-up and decay are counted in steps of this stage.</summary>
    public Schedule Schedule { get; init; } = new() { Peak = 2e-5, WarmupSteps = 10, DecayShare = 1, Floor = 0.1 };

    /// <summary>Adam's memory of the gradient.</summary>
    [Range(0.0, 0.9999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's memory of the squared gradient.</summary>
    [Range(0.0, 0.99999)]
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Adam's ε: a thousand times the usual, or the first, tiny gradients make the largest steps ("The 37 implementation details of PPO").</summary>
    [Range(1e-15, 1e-2)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The largest gradient norm, over all networks together, that goes unclipped.</summary>
    [Range(1e-6, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Threads of rollouts and of libtorch. A run keeps its number, or it will not repeat bit for bit.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 2;

    /// <summary>Data sets whose conversations' questions are asked; empty: all.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Most questions of one set, taken evenly over it, so that a large set does not crowd out the others.</summary>
    [Range(1, 10_000_000)]
    public int QuestionsPerSource { get; init; } = 10_000_000;

    /// <summary>Questions to train on without which `ppo` ends with an error.</summary>
    [Range(1, 1_000_000)]
    public int MinQuestions { get; init; } = 1;

    /// <summary>Folder of the reward model; empty: `reward` in the run folder.</summary>
    public string RewardModel { get; init; } = "";

    /// <summary>Folder of a second reward model, trained on other comparisons, that only judges; empty: `judge` in the run folder where there is one.</summary>
    public string Judge { get; init; } = "";

    /// <summary>Held-out questions, from each set in turn, that are answered before and during training.</summary>
    [Range(1, 100_000)]
    public int EvaluationPrompts { get; init; } = 64;

    /// <summary>Steps between evaluations; one comes at the end in any case.</summary>
    [Range(1, 1_000_000)]
    public long EvaluateEvery { get; init; } = 20;

    /// <summary>Questions of the evaluation whose answers are shown side by side.</summary>
    [Range(0, 1000)]
    public int Samples { get; init; } = 8;

    [Range(1, 1_000_000)]
    public long CheckpointEvery { get; init; } = 20;

    [Range(1, 1000)]
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>Whether to pass over a damaged checkpoint and go on from the one before.</summary>
    public bool PassOverDamaged { get; init; }

    /// <summary>KL per answer, nats, below which (on the negative side) an alarm goes off: sampling noise alone stays above.</summary>
    [Range(-1e6, 0.0)]
    public double NegativeKlAlarm { get; init; } = -0.5;

    /// <summary>Share of the first step's entropy below which an alarm goes off.</summary>
    [Range(0.0, 1.0)]
    public double EntropyAlarm { get; init; } = 0.1;

    /// <summary>Evaluations in a row in which the judge falls while the reward rises, after which an alarm goes off.</summary>
    [Range(1, 1000)]
    public int HackingAlarm { get; init; } = 2;
}
