using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling;

namespace ChatLoop.Core.Datasets;

/// <summary>One person's rating of one answer.</summary>
/// <param name="UserId">Whose prompt it is.</param>
public sealed record RatingJudgement(string Id, string UserId, string LabelerId, IReadOnlyList<PromptMessage> Prompt, string Answer, Rating Rating, DateTimeOffset At);
