using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>Whether a submission answers what its task asks.</summary>
public static class SubmissionChecks
{
    /// <summary>In characters.</summary>
    public const int LongestComment = 2_000;

    /// <summary>In characters: a written answer.</summary>
    public const int LongestText = 16_000;

    /// <summary>Every mistake as a sentence; none when the submission is valid.</summary>
    public static IEnumerable<string> Mistakes(LabelingTask task, Submission submission)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(submission);
        if (string.IsNullOrWhiteSpace(submission.Id)) yield return "The submission has no id: choose one, so that sending it twice counts once.";
        if (string.IsNullOrWhiteSpace(submission.Labeler)) yield return "The submission does not say who labels.";
        if (TooLong(submission.Comment) is { } tooLong) yield return tooLong;
        var ofKind = task.Kind switch
        {
            LabelingTaskKind.Rank => Ranks(task, submission),
            LabelingTaskKind.Rate => Ratings(task, submission.Ratings),
            LabelingTaskKind.Write => Text(submission.Text),
            LabelingTaskKind.Flag => Categories(submission.Categories),
            _ => [$"The kind {task.Kind} is unknown."],
        };
        foreach (var mistake in ofKind.Concat(Foreign(task.Kind, submission))) yield return mistake;
    }

    internal static string? TooLong(string? comment) =>
        comment?.Length > LongestComment ? $"The comment has {comment.Length} characters; at most {LongestComment} are taken." : null;

    private static IEnumerable<string> Ranks(LabelingTask task, Submission submission)
    {
        if (Ranking.Mistake(submission.Ranks, task.Answers.Count) is { } mistake) yield return mistake;
        if (submission.Ratings is null) yield break;
        foreach (var wrong in Ratings(task, submission.Ratings)) yield return wrong;
    }

    private static IEnumerable<string> Ratings(LabelingTask task, IReadOnlyList<Rating>? ratings)
    {
        if (ratings?.Count != task.Answers.Count) return [$"There are {ratings?.Count ?? 0} ratings for {task.Answers.Count} answers: rate each answer."];
        return ratings.SelectMany((rating, index) => rating is null ? [$"Answer {index + 1} has no rating."] : rating.Mistakes().Select(mistake => $"Answer {index + 1}: {mistake}"));
    }

    private static IEnumerable<string> Text(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return "The answer is empty: write what a good assistant would have answered.";
        else if (text.Length > LongestText) yield return $"The answer has {text.Length} characters; at most {LongestText} are taken.";
    }

    private static IEnumerable<string> Categories(IReadOnlyList<string>? categories) =>
        categories is null
            ? ["The categories are missing: send an empty list where nothing is wrong."]
            : categories.Where(category => !ModerationCategory.All.Contains(category)).Select(category => $"'{category}' is none of the categories {string.Join(", ", ModerationCategory.All)}.");

    /// <summary>What another kind of task asks for: somebody labeled something else than they were shown.</summary>
    private static IEnumerable<string> Foreign(LabelingTaskKind kind, Submission submission) =>
        from field in new (string Name, object? Value, LabelingTaskKind[] Kinds)[]
        {
            ("ranks", submission.Ranks, [LabelingTaskKind.Rank]),
            ("ratings", submission.Ratings, [LabelingTaskKind.Rank, LabelingTaskKind.Rate]),
            ("text", submission.Text, [LabelingTaskKind.Write]),
            ("categories", submission.Categories, [LabelingTaskKind.Flag]),
        }
        where field.Value is not null && !field.Kinds.Contains(kind)
        select $"A task to {kind.ToString().ToLowerInvariant()} takes no {field.Name}.";
}
