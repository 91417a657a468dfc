using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling.Views;

/// <summary>A task as a labeler sees it: not whose answers these are, nor whether it is a gold task.</summary>
internal sealed record TaskView(string TaskId, LabelingTaskKind Kind, IReadOnlyList<PromptMessage> Prompt, IReadOnlyList<AnswerView> Answers, int Labelers, int Submissions)
{
    public static TaskView Of(LabelingTask task, string labeler)
    {
        var order = AnswerOrder.Of(task.Id, labeler, task.Answers.Count);
        return new TaskView(task.Id, task.Kind, task.Prompt, order.Show<AnswerView>([.. task.Answers.Select(answer => new AnswerView(answer.Text))]), task.Labelers, task.Submissions.Count);
    }
}
