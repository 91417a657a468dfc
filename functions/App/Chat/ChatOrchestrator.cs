using ChatLoop.App.Moderation;
using ChatLoop.App.Templates;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.App.Chat;

/// <summary>
/// Answers one turn: moderate the question, generate an answer, moderate the answer, reply. Whatever does not pass is
/// answered by a template.
/// </summary>
public static class ChatOrchestrator
{
    [Function(nameof(ChatOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var turn = context.GetInput<TurnInput>() ?? throw new InvalidOperationException("The orchestration was started without a turn.");
        await TurnOrder.WaitForTurnBeforeAsync(context, turn);

        using var steps = new TurnSteps(context, turn);
        StepResult? draft = null, answer = null;
        var question = await steps.RunAsync(nameof(ModerateQuestion), RetryPolicies.Moderation, otherwise: TemplateKind.ModerationUnavailable);
        if (question.Passed)
            draft = await steps.RunAsync(nameof(GenerateAnswer), RetryPolicies.Generation, otherwise: TemplateKind.GenerationFailed);
        if (draft is { Passed: true })
            answer = await steps.RunAsync(nameof(ModerateAnswer), RetryPolicies.Moderation, otherwise: TemplateKind.ModerationUnavailable);

        Template? template = null;
        var last = answer ?? draft ?? question;
        if (last.Refusal is { } kind)
        {
            var choice = new TemplateChoice(turn.ConversationId, turn.TurnId, kind, last.Moderation?.Categories ?? []);
            template = await context.CallActivityAsync<Template>(nameof(ChooseTemplate), choice, RetryPolicies.Storage);
        }

        var end = new TurnEnd(turn.ConversationId, turn.TurnId, template, new TurnModeration(question.Moderation, answer?.Moderation))
        {
            ModerationMs = question.Milliseconds + (answer?.Milliseconds ?? 0),
            GenerationMs = draft?.Milliseconds ?? 0,
        };
        var ended = await context.CallActivityAsync<EndedTurn>(nameof(EndTurn), end, RetryPolicies.Storage);
        TurnOrder.TellTurnAfter(context, turn, ended);
    }
}
