using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Moderation;

/// <summary>Judges the model's answer before anybody sees it.</summary>
public sealed class ModerateAnswer(ConversationStore conversations, TurnModerator moderator)
{
    /// <summary>The activity that judges the second draft.</summary>
    internal const string Alternative = "ModerateAlternative";

    [Function(nameof(ModerateAnswer))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var turn = (await conversations.ReadAsync(step.ConversationId, cancellationToken)).ReadTurn(step.TurnId);
        // A turn that has ended already (this step runs once more after a crash) keeps its reply whatever is found here.
        var text = turn.Draft?.Text ?? turn.Reply?.Text ?? throw new InvalidOperationException($"Turn {turn.Id} has no answer to moderate.");
        return await moderator.JudgeAsync(turn, text, ModerationDirection.Answer, TemplateKind.AnswerBlocked, cancellationToken);
    });

    [Function(Alternative)]
    public Task<StepResult> RunAlternativeAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var turn = (await conversations.ReadAsync(step.ConversationId, cancellationToken)).ReadTurn(step.TurnId);
        // As above: after its end the verdict changes nothing any more.
        var text = turn.Alternative?.Text ?? turn.Reply?.Text ?? throw new InvalidOperationException($"Turn {turn.Id} has no second answer to moderate.");
        return await moderator.JudgeAsync(turn, text, ModerationDirection.Answer, TemplateKind.AnswerBlocked, cancellationToken);
    });
}
