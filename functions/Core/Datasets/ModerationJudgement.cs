using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Datasets;

/// <summary>What one labeler says is wrong with a text.</summary>
/// <param name="TaskId">The same for all who were asked about this text.</param>
/// <param name="UserId">Whose prompt it is.</param>
/// <param name="Answer">What was judged; null where the last question of the prompt was.</param>
/// <param name="Categories">Empty where nothing is wrong.</param>
public sealed record ModerationJudgement(
    string TaskId, string UserId, string LabelerId, IReadOnlyList<PromptMessage> Prompt, string? Answer, IReadOnlyList<string> Categories, DateTimeOffset At);
