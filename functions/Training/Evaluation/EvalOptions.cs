using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Evaluation;

/// <summary>The recipe's section `eval`.</summary>
internal sealed record EvalOptions
{
    /// <summary>Models to test, of `base`, `pretrain`, `sft`, `ppo` and `dpo`; empty: all that the run folder has.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Tests to run, by the names in Evaluation/README.md; empty: all.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>The folder of data sets; empty: that of the section `data`, and where that is empty too, no test from outside.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Most items of a likelihood test, taken evenly over it (of BLiMP: over each paradigm). The whole of it is the published test.</summary>
    [Range(1, 10_000_000)]
    public int Limit { get; init; } = 10_000_000;

    /// <summary>Most tokens of the held-out text, taken evenly over each set.</summary>
    [Range(1, 1_000_000_000)]
    public int TextTokens { get; init; } = 1_000_000_000;

    /// <summary>Tokens to a row of held-out text; its first token has nothing before it. Cut to what the model takes.</summary>
    [Range(8, 100_000)]
    public int TextLength { get; init; } = 256;

    /// <summary>Most questions of a set that are answered word for word, taken evenly over it.</summary>
    [Range(1, 1_000_000)]
    public int Questions { get; init; } = 500;

    /// <summary>Most tokens of an answer, EOS counted; a question that leaves no room for them is left out, and counted.</summary>
    [Range(1, 100_000)]
    public int AnswerLength { get; init; } = 64;

    /// <summary>Questions whose sampled answers two models are compared by; 0 for none.</summary>
    [Range(0, 1_000_000)]
    public int WinRateQuestions { get; init; } = 500;

    /// <summary>τ of the answers that are compared; 1 is what PPO samples with.</summary>
    [Range(0.0, 5.0)]
    public double Temperature { get; init; } = 1;

    /// <summary>Folder of the reward model that judges; empty: `judge` in the run folder.</summary>
    public string Judge { get; init; } = "";

    /// <summary>Folder of a moderation model that counts flagged answers to the questions of the win rate; empty: not counted.</summary>
    public string Moderation { get; init; } = "";

    /// <summary>Seed of sampled answers and of the order in which they are shown: of its own, so that runs of several seeds are compared alike.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Threads, each with rows of its own.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 2;

    /// <summary>Tokens to a forward pass of a thread, padding counted; bounds memory only.</summary>
    [Range(64, 10_000_000)]
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Whether to pass over a damaged checkpoint and take the one before.</summary>
    public bool PassOverDamaged { get; init; }
}
