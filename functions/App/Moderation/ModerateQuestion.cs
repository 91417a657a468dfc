using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Moderation;

/// <summary>Judges the question before the model sees it.</summary>
public sealed class ModerateQuestion(ConversationStore conversations, TurnModerator moderator, PreludeScreening screening)
{
    [Function(nameof(ModerateQuestion))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        var question = await moderator.JudgeAsync(turn, turn.Question, ModerationDirection.Question, TemplateKind.QuestionBlocked, cancellationToken);
        return question.Passed && conversation.Prelude is { } prelude ? await screening.ScreenAsync(conversation, turn, prelude, question, cancellationToken) : question;
    });
}
