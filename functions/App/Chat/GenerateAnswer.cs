using ChatLoop.App.Conversations;
using ChatLoop.App.Streaming;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using ChatLoop.Inference;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Chat;

/// <summary>
/// Has the model write an answer and stores it as a draft of the turn, unseen until it is moderated, but for what was released of it
/// chunk by chunk. A draft that is there already stands.
/// </summary>
public sealed class GenerateAnswer(
    ConversationStore conversations, AnswerWriter writer, IOptions<TurnOptions> options, TimeProvider time, ILogger<GenerateAnswer> logger)
{
    /// <summary>The activity that writes the second draft.</summary>
    internal const string Alternative = "GenerateAlternative";

    [Function(nameof(GenerateAnswer))]
    public Task<StepResult> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, step.Version, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        if (turn.Reply is { } reply)
            return new StepResult(reply.Timings.GenerationMs) { Version = conversation.Version };
        if (turn.Draft is { } stands)
            return new StepResult(stands.GenerationMs) { Refusal = Refusal(stands), Version = conversation.Version };

        // A second attempt at an answer that is read along must write the same: chance, too, comes from the turn.
        var how = turn.Stream ? turn.Options with { Seed = turn.Options.Seed ?? DraftLot.Seed(turn.Id) } : turn.Options;
        var (draft, result) = await WriteAsync(conversation, turn, how, release: turn.Stream, step.Deadline, cancellationToken);
        if (draft is null)
            return result;
        var kept = await conversations.ChangeExistingAsync(step.ConversationId, stored => stored.KeepDraft(step.TurnId, draft), conversation.Version, cancellationToken);
        return result with { Version = kept?.Version };
    });

    [Function(Alternative)]
    public Task<StepResult> RunAlternativeAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ReadAsync(step.ConversationId, step.Version, cancellationToken);
        var turn = conversation.ReadTurn(step.TurnId);
        if (turn.Reply is not null || turn.Alternative is not null)
            return new StepResult(turn.Alternative?.GenerationMs ?? turn.Reply!.Timings.GenerationMs) { Version = conversation.Version };

        var how = turn.Options with { Temperature = options.Value.DraftsTemperature, Seed = DraftLot.Seed(turn.Id) };
        var (draft, result) = await WriteAsync(conversation, turn, how, release: false, step.Deadline, cancellationToken);
        // Half a second answer is none to choose.
        if (draft is null or { FinishReason: WrittenAnswer.Stopped })
            return result with { Refusal = result.Refusal ?? TemplateKind.GenerationFailed };
        var kept = await conversations.ChangeExistingAsync(step.ConversationId, stored => stored.KeepAlternative(step.TurnId, draft), conversation.Version, cancellationToken);
        return result with { Version = kept?.Version };
    });

    private async Task<(Draft? Draft, StepResult Result)> WriteAsync(
        Conversation conversation, Turn turn, AnswerOptions how, bool release, DateTime deadline, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var left = deadline - time.GetUtcNow().UtcDateTime;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await writer.WriteAsync(conversation, turn, how, release, either.Token);
            if (answer.Blocked is { } blocked)
            {
                await conversations.ChangeExistingAsync(conversation.Id, stored => stored.KeepWithheld(turn.Id, answer.Text), cancellationToken);
                return (null, blocked with { Milliseconds = Elapsed() });
            }

            var draft = new Draft(answer.Text, answer.FinishReason, answer.Usage, Math.Round(Elapsed(), 1)) { Masked = answer.Masked };
            return (draft, new StepResult(draft.GenerationMs) { Refusal = Refusal(draft) });
        }
        catch (PromptTooLongException)
        {
            return (null, new StepResult(Elapsed()) { Refusal = TemplateKind.TooLong });
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.GenerationTimedOut(turn.Id, Elapsed());
            return (null, new StepResult(Elapsed()) { Refusal = TemplateKind.TimedOut });
        }

        double Elapsed() => time.GetElapsedTime(started).TotalMilliseconds;
    }

    private TemplateKind? Refusal(Draft draft) =>
        draft.FinishReason == WrittenAnswer.Stopped ? null
        : string.IsNullOrWhiteSpace(draft.Text) ? TemplateKind.GenerationFailed
        : draft.Text.Length > options.Value.MaxAnswerLength ? TemplateKind.TooLong
        : null;
}
