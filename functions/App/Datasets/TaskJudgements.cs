using ChatLoop.App.Users;
using ChatLoop.Core.Datasets;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Datasets;

/// <summary>What a labeling task's submissions say.</summary>
internal static class TaskJudgements
{
    public static void Add(GatheredJudgements gathered, LabelingTask task, IReadOnlySet<string> consentingUsers)
    {
        if (task.GoldRanks is not null)
        {
            gathered.NotUsed += new NotUsed(0, 0, task.Submissions.Count, 0);
            return;
        }

        // Where a task has several owners, one that does not consent is enough to leave it out.
        var owner = task.Owners.FirstOrDefault(id => !consentingUsers.Contains(id)) ?? (task.Owners.Count > 0 ? task.Owners[0] : ConsentStore.Deployment);
        foreach (var submission in task.Submissions)
            Add(gathered, task, owner, submission);
    }

    private static void Add(GatheredJudgements gathered, LabelingTask task, string owner, Submission submission)
    {
        if (submission.Ranks is { } ranks)
            gathered.Comparisons.Add(new ComparisonJudgement(
                task.Id, owner, submission.Labeler, task.Prompt, [.. task.Answers.Select(answer => answer.Text)], Ranking.Of([.. ranks]), submission.SubmittedAt));
        foreach (var (index, rating) in (submission.Ratings ?? []).Index())
            gathered.Ratings.Add(new RatingJudgement(
                $"{task.Id}-{submission.Labeler}-{index}", owner, submission.Labeler, task.Prompt, task.Answers[index].Text, rating, submission.SubmittedAt));
        if (task.Kind == LabelingTaskKind.Write && !string.IsNullOrWhiteSpace(submission.Text))
            gathered.Demonstrations.Add(new DemonstrationJudgement(
                $"{task.Id}-{submission.Labeler}", owner, submission.Labeler, task.Prompt, submission.Text, submission.SubmittedAt));
        // Of several answers nobody said which one falls into a category.
        var isOneText = task is { Kind: LabelingTaskKind.Flag, Answers.Count: <= 1 } && submission.Categories is not null;
        if (isOneText)
            gathered.Moderations.Add(new ModerationJudgement(
                task.Id, owner, submission.Labeler, task.Prompt, task.Answers is [var answer] ? answer.Text : null, submission.Categories!, submission.SubmittedAt));
        gathered.NotUsed += new NotUsed(
            Thumbs: 0,
            Flags: task.Kind == LabelingTaskKind.Flag && !isOneText ? 1 : 0,
            Gold: 0,
            Incomplete: task.Kind == LabelingTaskKind.Write && string.IsNullOrWhiteSpace(submission.Text) ? 1 : 0);
    }
}
