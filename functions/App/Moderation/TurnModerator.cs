using ChatLoop.App.Chat;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Moderation;

/// <summary>Has one text of a turn judged, and makes the verdict a step's result.</summary>
public sealed class TurnModerator(IModerator moderator, TimeProvider time, ILogger<TurnModerator> logger)
{
    internal async Task<StepResult> JudgeAsync(Turn turn, string text, ModerationDirection direction, TemplateKind refusal, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var verdict = await moderator.ModerateAsync(text, direction, cancellationToken);
        if (verdict.Flagged)
            logger.Flagged(direction.ToString(), turn.Id, string.Join(", ", verdict.Categories), string.Join(", ", verdict.BlocklistRules));
        return new StepResult(time.GetElapsedTime(started).TotalMilliseconds)
        {
            Refusal = verdict.Flagged ? refusal : null,
            // Four digits are all that anybody reads; the record travels through the orchestration's history.
            Moderation = new TextModeration(verdict.Flagged, verdict.Categories, verdict.Scores.ToDictionary(score => score.Key, score => Math.Round(score.Value, 4))) { Model = verdict.Model },
        };
    }
}
