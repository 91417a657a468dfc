using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>A line of a labeler's journal. The same submission may stand twice.</summary>
internal sealed record SaidOfTask(string TaskId, Submission Submission);
