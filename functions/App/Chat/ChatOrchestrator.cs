using ChatLoop.App.Moderation;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.Templates;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.App.Chat;

/// <summary>
/// Answers one turn: moderate the question, generate an answer, moderate the answer, reply. Whatever does not pass is
/// answered by a template. Where the turn is to have two drafts, a second one goes the same way.
/// </summary>
public static class ChatOrchestrator
{
    [Function(nameof(ChatOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var turn = context.GetInput<TurnInput>() ?? throw new InvalidOperationException("The orchestration was started without a turn.");
        await TurnOrder.WaitForTurnBeforeAsync(context, turn);

        using var steps = new TurnSteps(context, turn);
        StepResult? draft = null, answer = null, second = null, alternative = null;
        var question = await steps.RunAsync(nameof(ModerateQuestion), RetryPolicies.Moderation, otherwise: TemplateKind.ModerationUnavailable, open: turn.OpenToQuestion);
        if (question.Passed)
            draft = await steps.RunAsync(nameof(GenerateAnswer), RetryPolicies.Generation, otherwise: TemplateKind.GenerationFailed);
        if (draft is { Passed: true })
            answer = await steps.RunAsync(nameof(ModerateAnswer), RetryPolicies.Moderation, otherwise: TemplateKind.ModerationUnavailable, open: turn.OpenToAnswer);

        // A second draft that fails, or does not pass, leaves the first as the only answer.
        if (turn.TwoDrafts && answer is { Passed: true })
            second = await steps.RunAsync(GenerateAnswer.Alternative, RetryPolicies.Generation, otherwise: TemplateKind.GenerationFailed);
        if (second is { Passed: true })
            alternative = await steps.RunAsync(ModerateAnswer.Alternative, RetryPolicies.Moderation, otherwise: TemplateKind.ModerationUnavailable, open: turn.OpenToAnswer);

        Template? template = null;
        var last = answer ?? draft ?? question;
        if (last.Refusal is { } kind)
        {
            var choice = new TemplateChoice(turn.ConversationId, turn.TurnId, kind, [.. last.Template is { } named ? [named] : Array.Empty<string>(), .. last.Moderation?.Categories ?? []]);
            template = await context.CallActivityAsync<Template>(nameof(ChooseTemplate), choice, RetryPolicies.Storage);
        }

        var end = new TurnEnd(turn.ConversationId, turn.TurnId, template, new TurnModeration(question.Moderation, answer?.Moderation ?? draft?.Moderation))
        {
            Alternative = alternative is { Passed: true } ? alternative.Moderation : null,
            Version = steps.Version,
            ModerationMs = question.Milliseconds + (answer?.Milliseconds ?? 0) + (alternative?.Milliseconds ?? 0),
            GenerationMs = (draft?.Milliseconds ?? 0) + (second?.Milliseconds ?? 0),
        };
        var ended = await context.CallActivityAsync<EndedTurn>(nameof(EndTurn), end, RetryPolicies.Storage);
        TurnOrder.TellTurnsAfter(context, turn, ended);
        if (template is null && (end.Moderation.Question?.Review ?? end.Moderation.Answer?.Review) is not null)
            await context.CallActivityAsync<bool>(nameof(RequestReview), new TurnStep(turn.ConversationId, turn.TurnId, context.CurrentUtcDateTime), RetryPolicies.Storage);
    }
}
