using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Data;

/// <summary>The recipe's section `data`.</summary>
internal sealed record DataOptions
{
    /// <summary>The folder of data sets, relative to the working folder; empty: text that the trainer makes itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Share of each set that is kept for validation, split by document or conversation.</summary>
    [Range(0.0, 0.5)]
    public double ValShare { get; init; } = 0.01;

    /// <summary>Longest conversation in characters, about four a token; longer ones are cut after a whole turn or left out.</summary>
    [Range(100, 100_000)]
    public int MaxConversationCharacters { get; init; } = 1600;

    /// <summary>Whether the trainer's own short conversations (who the assistant is, greetings) are added to the folder's.</summary>
    public bool Persona { get; init; } = true;

    /// <summary>
    /// Whether what people judged is where questions come from: `ppo`, `dpo` and `eval` then ask those of ranked answers and demonstrations,
    /// and `eval-` sets of held-out users are validated on. For data-set versions of the app (functions/Core/Datasets).
    /// </summary>
    public bool JudgedQuestions { get; init; }

    /// <summary>With <see cref="JudgedQuestions"/>: questions held out at least, of those to train on where held-out users have too few; never more than half of them.</summary>
    [Range(0, 1_000_000)]
    public int HeldOutQuestions { get; init; }

    /// <summary>Data sets left out, by name.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Stories, and questions with answers, to make when <see cref="Folder"/> is empty.</summary>
    [Range(100, 1_000_000)]
    public int SyntheticRecords { get; init; } = 2000;
}
