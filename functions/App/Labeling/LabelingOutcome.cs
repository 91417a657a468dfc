namespace ChatLoop.App.Labeling;

/// <summary>How a labeler was done with a task. The numbers are stored.</summary>
internal enum LabelingOutcome
{
    Submitted = 1,
    Skipped = 2,
}
