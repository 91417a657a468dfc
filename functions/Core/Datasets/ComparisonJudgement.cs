using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling;

namespace ChatLoop.Core.Datasets;

/// <summary>One person's ranking of answers to one prompt: a labeling task's submission, or a preference between drafts.</summary>
/// <param name="TaskId">What is ranked: judgements with one id are of the same prompt and answers, and have one consensus.</param>
/// <param name="UserId">Whose prompt it is.</param>
/// <param name="Answers">In the order in which <paramref name="Ranking"/> counts them.</param>
public sealed record ComparisonJudgement(string TaskId, string UserId, string LabelerId, IReadOnlyList<PromptMessage> Prompt, IReadOnlyList<string> Answers, Ranking Ranking, DateTimeOffset At);
