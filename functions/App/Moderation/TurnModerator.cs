using ChatLoop.App.Chat;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Moderation;

/// <summary>Has the texts of a turn judged, and makes of verdict and policy a step's result.</summary>
public sealed class TurnModerator(IModerator moderator, ModerationPolicy policy, TimeProvider time, ILogger<TurnModerator> logger)
{
    private readonly SentenceMasking _masking = new(moderator, policy);

    /// <summary>Judges a text that passes as it is or not at all: what the policy masks does not pass.</summary>
    internal async Task<StepResult> JudgeAsync(Turn turn, string text, ModerationDirection direction, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var verdict = await moderator.ModerateAsync(text, direction, cancellationToken);
        return Result(turn, text, direction, verdict, policy.Decide(verdict, direction).WithoutMasking(), [], started);
    }

    /// <summary>Judges a text, without the sentences that the policy masks. Where it is flagged without them, or nothing is left, it does not pass.</summary>
    /// <param name="before">What is judged along, of a longer text whose next part this is; null for a whole text.</param>
    internal async Task<ScreenedText> ScreenAsync(Turn turn, string text, ModerationDirection direction, string? before, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var verdict = await moderator.ModerateAsync(before + text, direction, cancellationToken);
        var decision = policy.Decide(verdict, direction);
        if (decision.Blocks || decision.Masked.Count == 0)
            return new ScreenedText(text, Result(turn, before + text, direction, verdict, decision, [], started));

        var masked = decision.Masked;
        var (rest, hasRest) = await _masking.TakeOutAsync(text, direction, cancellationToken);
        // Of a part nothing need be left.
        if (!hasRest && before is null)
            return new ScreenedText(text, Result(turn, text, direction, verdict, decision.WithoutMasking(), [], started));
        verdict = await moderator.ModerateAsync(before + rest, direction, cancellationToken);
        return new ScreenedText(rest, Result(turn, before + rest, direction, verdict, policy.Decide(verdict, direction).WithoutMasking(), masked, started));
    }

    private StepResult Result(Turn turn, string text, ModerationDirection direction, ModerationVerdict verdict, PolicyDecision decision, IReadOnlyList<string> masked, long started)
    {
        if (policy.PersonalData.IsIn(text, direction))
            decision = policy.PersonalData.Action(direction) switch
            {
                PersonalDataAction.Block => decision with { Blocks = true, Blocked = [.. decision.Blocked, PersonalDataPolicy.Category] },
                PersonalDataAction.Flag => decision with { Review = [.. decision.Review, PersonalDataPolicy.Category] },
                // Masked already, before it was stored.
                _ => decision,
            };
        if (decision.Blocks)
            logger.Flagged(direction.ToString(), turn.Id, string.Join(", ", decision.Blocked), string.Join(", ", verdict.BlocklistRules));
        if (masked.Count > 0)
            logger.SentencesMasked(direction.ToString(), turn.Id, string.Join(", ", masked));
        return new StepResult(time.GetElapsedTime(started).TotalMilliseconds)
        {
            Refusal = !decision.Blocks ? null : direction == ModerationDirection.Question ? TemplateKind.QuestionBlocked : TemplateKind.AnswerBlocked,
            Template = decision.Template,
            // Four digits are all that anybody reads; the record travels through the orchestration's history.
            Moderation = new TextModeration(decision.Blocks, decision.Blocked, verdict.Scores.ToDictionary(score => score.Key, score => Math.Round(score.Value, 4)))
            {
                Model = verdict.Model,
                Review = decision.Review.Count > 0 ? decision.Review : null,
                Masked = masked.Count > 0 ? masked : null,
            },
        };
    }
}
