using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Chat;

/// <summary>Runs the steps of one turn within its time limit, and makes a refusal of what goes wrong in them.</summary>
internal sealed class TurnSteps : IDisposable
{
    private readonly TaskOrchestrationContext _context;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _timeLimit;
    private TurnStep _turn;

    public TurnSteps(TaskOrchestrationContext context, TurnInput turn)
    {
        _context = context;
        _turn = new TurnStep(turn.ConversationId, turn.TurnId, context.CurrentUtcDateTime + turn.TimeLimit) { Version = turn.Version };
        _timeLimit = context.CreateTimer(_turn.Deadline, _done.Token);
    }

    /// <summary>The version of the conversation that the last step left; null where it is not known.</summary>
    public string? Version => _turn.Version;

    /// <param name="otherwise">The kind of template that answers when the step fails after all attempts.</param>
    /// <param name="open">Whether the turn goes on without the step in that case.</param>
    public async Task<StepResult> RunAsync(string activity, TaskOptions retries, TemplateKind otherwise, bool open = false)
    {
        var result = await TryAsync(activity, retries, otherwise, open);
        // A step that failed, or ran out of time, may have changed the conversation and not said so.
        _turn = _turn with { Version = result.Version };
        return result;
    }

    /// <summary>Stops the timer: an orchestration with a timer left would stay open until it fires.</summary>
    public void Dispose()
    {
        _done.Cancel();
        _done.Dispose();
    }

    private async Task<StepResult> TryAsync(string activity, TaskOptions retries, TemplateKind otherwise, bool open)
    {
        try
        {
            var step = _context.CallActivityAsync<StepResult>(activity, _turn, retries);
            return await Task.WhenAny(step, _timeLimit) == step ? await step : new StepResult(0) { Refusal = TemplateKind.TimedOut };
        }
        catch (TaskFailedException e)
        {
            var logger = _context.CreateReplaySafeLogger(nameof(ChatOrchestrator));
            logger.StepFailed(activity, _turn.TurnId, e.FailureDetails.ErrorType);
            if (!open)
                return new StepResult(0) { Refusal = otherwise };
            logger.NotModerated(activity, _turn.TurnId);
            return new StepResult(0) { Moderation = TextModeration.None };
        }
    }
}
