namespace ChatLoop.App.Labeling;

/// <summary>Kinds of labeling's things among a user's items.</summary>
internal static class LabelingItems
{
    /// <summary>Tasks whose prompt is the user's.</summary>
    public const string Task = "task";

    /// <summary>Tasks that the user has held, by the task's id: what they said of them is in the task.</summary>
    public const string Submission = "submission";

    /// <summary>The user's conversations that a reward model has scored.</summary>
    public const string Score = "score";
}
