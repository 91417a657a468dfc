using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using ChatLoop.Inference;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Chat;

/// <summary>Has the model write an answer and stores it as a draft of the turn, unseen until it is moderated. A draft that is there already stands.</summary>
public sealed class GenerateAnswer(
    ConversationStore conversations, IChatClient model, IOptions<TurnOptions> options, TimeProvider time, ILogger<GenerateAnswer> logger)
{
    /// <summary>The activity that writes the second draft.</summary>
    internal const string Alternative = "GenerateAlternative";

    [Function(nameof(GenerateAnswer))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(() =>
        DraftAsync(step, turn => turn.Draft, turn => turn.Options, (stored, draft) => stored.KeepDraft(step.TurnId, draft), cancellationToken));

    [Function(Alternative)]
    public Task<StepResult> RunAlternativeAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(() =>
        DraftAsync(
            step,
            turn => turn.Alternative,
            turn => turn.Options with { Temperature = options.Value.DraftsTemperature, Seed = DraftLot.Seed(turn.Id) },
            (stored, draft) => stored.KeepAlternative(step.TurnId, draft),
            cancellationToken));

    private async Task<StepResult> DraftAsync(
        TurnStep step, Func<Turn, Draft?> written, Func<Turn, AnswerOptions> how, Func<Conversation, Draft, Conversation> keep, CancellationToken cancellationToken)
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        if (turn.Reply is not null || written(turn) is not null)
            return new StepResult(written(turn)?.GenerationMs ?? turn.Reply!.Timings.GenerationMs);

        var started = time.GetTimestamp();
        var (draft, refusal) = await WriteAsync(conversation, turn, how(turn), step.Deadline, cancellationToken);
        if (draft is null)
            return new StepResult(time.GetElapsedTime(started).TotalMilliseconds) { Refusal = refusal };

        await conversations.ChangeExistingAsync(step.ConversationId, stored => keep(stored, draft), cancellationToken);
        return new StepResult(draft.GenerationMs) { Refusal = refusal };
    }

    private async Task<(Draft? Draft, TemplateKind? Refusal)> WriteAsync(
        Conversation conversation, Turn turn, AnswerOptions how, DateTime deadline, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var left = deadline - time.GetUtcNow().UtcDateTime;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await model.GetResponseAsync(ModelRequest.Messages(conversation, turn), ModelRequest.Options(how), either.Token);
            var usage = response.Usage is { } counts ? new Usage(counts.InputTokenCount ?? 0, counts.OutputTokenCount ?? 0) : null;
            var draft = new Draft(
                response.Text, (response.FinishReason ?? ChatFinishReason.Stop).Value, usage, Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1));
            return (draft, Refusal(draft.Text));
        }
        catch (PromptTooLongException)
        {
            return (null, TemplateKind.TooLong);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.GenerationTimedOut(turn.Id, time.GetElapsedTime(started).TotalMilliseconds);
            return (null, TemplateKind.TimedOut);
        }
    }

    private TemplateKind? Refusal(string text) =>
        string.IsNullOrWhiteSpace(text) ? TemplateKind.GenerationFailed
        : text.Length > options.Value.MaxAnswerLength ? TemplateKind.TooLong
        : null;
}
