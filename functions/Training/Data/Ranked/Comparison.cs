using ChatLoop.Core.Chat;

namespace ChatLoop.Training.Data.Ranked;

/// <summary>One question's answers as one labeler ranked them.</summary>
/// <param name="Source">The data set.</param>
/// <param name="Key">The question: all comparisons with one key fall into the same split.</param>
/// <param name="Labeler">Who ranked; null where the set does not say.</param>
/// <param name="Answers">K answers, in the order in which they were shown where <paramref name="OrderKnown"/>.</param>
/// <param name="Pairs">Indexes of the better and the worse answer; ties are left out.</param>
/// <param name="OrderKnown">Whether the order of the answers means anything.</param>
internal sealed record Comparison(string Source, string Key, string? Labeler, IReadOnlyList<RankedAnswer> Answers, IReadOnlyList<(int Better, int Worse)> Pairs, bool OrderKnown)
{
    /// <summary>Whether it is of a user whom nothing trains on.</summary>
    public bool IsHeldOut { get; init; }

    /// <summary>Every pair of answers whose scores differ.</summary>
    public static Comparison ByScore(string source, string key, string? labeler, IReadOnlyList<RankedAnswer> answers, bool orderKnown) =>
        new(source, key, labeler, answers,
            [.. from better in Enumerable.Range(0, answers.Count) from worse in Enumerable.Range(0, answers.Count) where answers[better].Score > answers[worse].Score select (better, worse)], orderKnown);

    /// <summary>A better and a worse answer to one question; which of them was shown first is not known.</summary>
    public static Comparison Pair(string source, string question, string better, string worse, string? key = null) =>
        ByScore(source, key ?? question, null, [new RankedAnswer(Ask(question), better, 1), new RankedAnswer(Ask(question), worse, 0)], orderKnown: false);

    public static IReadOnlyList<Message> Ask(string question) => [new Message(ChatRole.User, question)];
}
