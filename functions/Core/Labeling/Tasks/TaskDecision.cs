namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>What follows from a move.</summary>
/// <param name="Task">The task after it: the very same object where nothing changed, so that nothing need be stored.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
/// <param name="Reason">The refusal in words for the labeler.</param>
public sealed record TaskDecision(LabelingTask Task, TaskRefusal? Refusal = null, string? Reason = null)
{
    public bool IsGranted => Refusal is null;
}
