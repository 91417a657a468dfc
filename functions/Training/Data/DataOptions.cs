using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Data;

/// <summary>The recipe's section `data`.</summary>
internal sealed record DataOptions
{
    /// <summary>The folder of data sets, relative to the working folder; empty: text that the trainer makes itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Share of each set that is kept for validation, split by document or conversation.</summary>
    [Range(0.001, 0.5)]
    public double ValShare { get; init; } = 0.01;

    /// <summary>Longest conversation in characters, about four a token; longer ones are cut after a whole turn or left out.</summary>
    [Range(100, 100_000)]
    public int MaxConversationCharacters { get; init; } = 1600;

    /// <summary>Data sets left out, by name.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Stories, and questions with answers, to make when <see cref="Folder"/> is empty.</summary>
    [Range(100, 1_000_000)]
    public int SyntheticRecords { get; init; } = 2000;
}
