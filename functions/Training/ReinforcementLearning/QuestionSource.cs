using System.Security.Cryptography;
using System.Runtime.InteropServices;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>An endless stream of questions, in a new seeded order in every epoch. How many were drawn is all its state.</summary>
internal sealed class QuestionSource(IReadOnlyList<Question> questions, int seed)
{
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Questions drawn so far; set to go there.</summary>
    public long Drawn { get; set; }

    /// <summary>SHA-256 of all questions: a run goes on only over those that it began with.</summary>
    public string Sha256 { get; } = Hash(questions);

    public IReadOnlyList<Question> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private Question Next()
    {
        if (questions.Count == 0) throw new StageException("There is no question to answer: run the stage `data`, or raise promptLength.");
        var epoch = Drawn / questions.Count;
        if (epoch != _epoch)
        {
            (_epoch, _order) = (epoch, [.. Enumerable.Range(0, questions.Count)]);
            new Random(HashCodes.Mix(seed, epoch)).Shuffle(_order);
        }

        return questions[_order[Drawn++ % questions.Count]];
    }

    private static string Hash(IReadOnlyList<Question> questions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var question in questions)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>(question.Ids.ToArray()));
            hash.AppendData([0xFF]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
