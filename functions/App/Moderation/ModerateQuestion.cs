using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Moderation;

/// <summary>Judges the question before the model sees it.</summary>
public sealed class ModerateQuestion(ConversationStore conversations, TurnModerator moderator)
{
    [Function(nameof(ModerateQuestion))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var turn = (await conversations.ReadAsync(step.ConversationId, cancellationToken)).ReadTurn(step.TurnId);
        return await moderator.JudgeAsync(turn, turn.Question, ModerationDirection.Question, TemplateKind.QuestionBlocked, cancellationToken);
    });
}
