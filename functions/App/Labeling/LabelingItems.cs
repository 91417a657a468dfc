namespace ChatLoop.App.Labeling;

/// <summary>Kinds of labeling's things among a user's items.</summary>
internal static class LabelingItems
{
    /// <summary>Tasks whose prompt is the user's.</summary>
    public const string Task = "task";

    /// <summary>Tasks that the user has submitted or skipped, by the task's id.</summary>
    public const string Submission = "submission";
}
