using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling;

namespace ChatLoop.Core.Datasets;

/// <summary>All judgements of one comparison; of each labeler's the last.</summary>
internal sealed record ComparisonTask(string Id, string UserId, IReadOnlyList<PromptMessage> Prompt, IReadOnlyList<string> Answers, DateTimeOffset At, IReadOnlyDictionary<string, Ranking> ByLabeler)
{
    /// <exception cref="ArgumentException">Judgements with one id are of different prompts or answers.</exception>
    public static IReadOnlyList<ComparisonTask> Of(IEnumerable<ComparisonJudgement> judgements) =>
        [.. judgements.GroupBy(judgement => judgement.TaskId).OrderBy(task => task.Key, StringComparer.Ordinal).Select(task => Of(task.Key, [.. task]))];

    private static ComparisonTask Of(string id, ComparisonJudgement[] judgements)
    {
        var first = judgements[0];
        if (judgements.Any(j => j.UserId != first.UserId || !j.Prompt.SequenceEqual(first.Prompt) || !j.Answers.SequenceEqual(first.Answers)))
        {
            throw new ArgumentException($"The judgements of task {id} are of different users, prompts or answers: give each comparison an id of its own.");
        }

        if (judgements.FirstOrDefault(j => j.Ranking.Count != j.Answers.Count) is { } wrong) throw new ArgumentException($"Task {id} has {wrong.Answers.Count} answers, but a ranking of {wrong.Ranking.Count}.");
        var last = new SortedDictionary<string, Ranking>(StringComparer.Ordinal);
        foreach (var judgement in judgements.OrderBy(j => j.At).ThenBy(j => j.Ranking.ToString(), StringComparer.Ordinal)) last[judgement.LabelerId] = judgement.Ranking;
        return new ComparisonTask(id, first.UserId, first.Prompt, first.Answers, judgements.Min(j => j.At), last);
    }
}
