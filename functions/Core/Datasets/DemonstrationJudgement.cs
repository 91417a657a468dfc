using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Datasets;

/// <summary>The ideal answer to a prompt, as a labeler wrote it or a user corrected it.</summary>
/// <param name="UserId">Whose prompt it is.</param>
public sealed record DemonstrationJudgement(string Id, string UserId, string LabelerId, IReadOnlyList<PromptMessage> Prompt, string Answer, DateTimeOffset At);
