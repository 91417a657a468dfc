using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Moderation;

/// <summary>
/// Judges what a client says was said before, as if it had been said here: whose system message is flagged gets the template; an
/// exchange that is flagged on a side, or that a template answered, is withheld from the model, as blocked turns are.
/// </summary>
public sealed class PreludeScreening(ConversationStore conversations, TurnModerator moderator, TemplateCatalogue templates, TimeProvider time)
{
    internal async Task<StepResult> ScreenAsync(Conversation conversation, Turn turn, Prelude prelude, StepResult question, CancellationToken cancellationToken)
    {
        var result = question;
        if (prelude.System is { } system)
        {
            var judged = await moderator.JudgeAsync(turn, system, ModerationDirection.Question, cancellationToken);
            result = (judged.Passed ? question : judged) with { Milliseconds = question.Milliseconds + judged.Milliseconds };
            if (!judged.Passed)
                return result;
        }

        var started = time.GetTimestamp();
        var withheld = new List<int>();
        foreach (var (index, exchange) in prelude.Exchanges.Index())
            if (templates.Has(exchange.Answer) || !await PassesAsync(turn, exchange, cancellationToken))
                withheld.Add(index);
        if (withheld.Count > 0)
            result = result with { Version = (await conversations.ChangeExistingAsync(conversation.Id, stored => stored.Withhold(withheld), conversation.Version, cancellationToken))?.Version };
        return result with { Milliseconds = result.Milliseconds + time.GetElapsedTime(started).TotalMilliseconds };
    }

    private async Task<bool> PassesAsync(Turn turn, Exchange exchange, CancellationToken cancellationToken) =>
        (await moderator.JudgeAsync(turn, exchange.Question, ModerationDirection.Question, cancellationToken)).Passed
        && (await moderator.JudgeAsync(turn, exchange.Answer, ModerationDirection.Answer, cancellationToken)).Passed;
}
