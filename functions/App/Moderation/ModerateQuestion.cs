using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Moderation;

/// <summary>Judges the question before the model sees it, and takes out of it what the policy masks.</summary>
public sealed class ModerateQuestion(ConversationStore conversations, ConversationList list, TurnModerator moderator, PreludeScreening screening)
{
    [Function(nameof(ModerateQuestion))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, step.Version, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        var screened = await moderator.ScreenAsync(turn, turn.Question, ModerationDirection.Question, before: null, cancellationToken);
        var question = screened.Result;
        if (question.Passed && screened.Text != turn.Question)
        {
            conversation = await conversations.ChangeExistingAsync(step.ConversationId, stored => stored.MaskQuestion(step.TurnId, screened.Text), conversation.Version, cancellationToken) ?? conversation;
            // Its title may be the words that were taken out.
            if (conversation.UserId is { } owner)
                await list.UpdateAsync(owner, conversation, cancellationToken);
        }

        question = question with { Version = conversation.Version };
        return question.Passed && conversation.Prelude is { } prelude ? await screening.ScreenAsync(conversation, turn, prelude, question, cancellationToken) : question;
    });
}
