using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Moderation;

/// <summary>Judges the model's answer before anybody sees it, and takes out of it what the policy masks.</summary>
public sealed class ModerateAnswer(ConversationStore conversations, TurnModerator moderator)
{
    /// <summary>The activity that judges the second draft.</summary>
    internal const string Alternative = "ModerateAlternative";

    [Function(nameof(ModerateAnswer))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => JudgeAsync(step, turn => turn.Draft, cancellationToken);

    [Function(Alternative)]
    public Task<StepResult> RunAlternativeAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => JudgeAsync(step, turn => turn.Alternative, cancellationToken);

    private Task<StepResult> JudgeAsync(TurnStep step, Func<Turn, Draft?> draft, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, step.Version, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        // A turn that has ended already (this step runs once more after a crash) keeps its reply whatever is found here.
        var text = draft(turn)?.Text ?? turn.Reply?.Text ?? throw new InvalidOperationException($"Turn {turn.Id} has no answer to moderate.");
        var screened = await moderator.ScreenAsync(turn, text, ModerationDirection.Answer, before: null, cancellationToken);
        if (screened.Result.Passed && screened.Text != text)
            conversation = await conversations.ChangeExistingAsync(step.ConversationId, stored => stored.MaskDrafts(step.TurnId, text, screened.Text), conversation.Version, cancellationToken) ?? conversation;
        return screened.Result with { Version = conversation.Version };
    });
}
