using ChatLoop.App.Improvement;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Tests.Fakes;
using Microsoft.DurableTask;

namespace ChatLoop.App.Tests.Improvement;

public sealed class ImproveModelTests
{
    private static readonly ImprovementInput Input = new("run", TimeSpan.FromSeconds(5), TimeSpan.FromHours(2), 3, TimeSpan.FromDays(7), TimeSpan.FromMinutes(10));

    private static readonly string[] Steps =
    [
        RunActivities.BuildData, TrainingActivities.Start, TrainingActivities.Check, RunActivities.Judge, RunActivities.Decide,
        PublishingActivities.Publish, PublishingActivities.MakeCurrent, PublishingActivities.Look, RunActivities.End,
    ];

    [Fact]
    public async Task An_approved_model_is_published_and_serves()
    {
        var context = Happy();
        context.Raise(nameof(Approval), Said(Approval.Approve));

        await RunAsync(context);

        Assert.Equal(Steps, context.Calls.Select(call => call.Activity));
        Assert.Equal(new RunEnd("run", RunStatus.Completed, "The new model serves."), End(context));
    }

    [Fact]
    public async Task A_rejected_model_is_not_published()
    {
        var context = Happy();
        context.Raise(nameof(Approval), Said(Approval.Reject));

        await RunAsync(context);

        Assert.Equal(new RunEnd("run", RunStatus.Rejected, "adam rejected it. looked at it"), End(context));
        Assert.DoesNotContain(context.Calls, call => call.Activity == PublishingActivities.Publish);
    }

    [Fact]
    public async Task A_model_that_nobody_approves_in_time_is_not_published()
    {
        var context = Happy();

        await RunAsync(context);

        Assert.Equal(RunStatus.TimedOut, End(context).Status);
        Assert.Contains("timer 7.00:00:00", context.Actions);
        Assert.Null(Assert.IsType<ApprovalStep>(context.Calls.Single(call => call.Activity == RunActivities.Decide).Input).Approval);
        Assert.DoesNotContain(context.Calls, call => call.Activity == PublishingActivities.Publish);
    }

    [Fact]
    public async Task A_model_that_misses_a_gate_is_held_and_nobody_is_asked()
    {
        var context = Happy().On<string>(RunActivities.Judge, _ => new StepOutcome(false, "The KL divergence is too large."));

        await RunAsync(context);

        Assert.Equal(new RunEnd("run", RunStatus.Held, "The KL divergence is too large."), End(context));
        Assert.DoesNotContain($"wait {nameof(Approval)}", context.Actions);
    }

    [Fact]
    public async Task Without_anything_to_learn_from_nothing_is_trained()
    {
        var context = Happy().On<string>(RunActivities.BuildData, _ => new StepOutcome(false, "There is nothing to learn from."));

        await RunAsync(context);

        Assert.Equal(RunStatus.Failed, End(context).Status);
        Assert.Equal(2, context.Calls.Count);
    }

    [Fact]
    public async Task A_training_that_is_interrupted_is_carried_on()
    {
        var checks = 0;
        var context = Happy().On<string>(TrainingActivities.Check, _ => new TrainingStatus(++checks < 3 ? TrainingState.Interrupted : TrainingState.Succeeded, "killed"));
        context.Raise(nameof(Approval), Said(Approval.Approve));

        await RunAsync(context);

        Assert.Equal(3, context.Calls.Count(call => call.Activity == TrainingActivities.Start));
        Assert.Equal(RunStatus.Completed, End(context).Status);
    }

    [Fact]
    public async Task A_training_that_is_interrupted_again_and_again_is_given_up()
    {
        var context = Happy().On<string>(TrainingActivities.Check, _ => new TrainingStatus(TrainingState.Interrupted, "The trainer ended with 137: killed"));

        await RunAsync(context);

        Assert.Equal(Input.MostStarts, context.Calls.Count(call => call.Activity == TrainingActivities.Start));
        Assert.Equal(new RunEnd("run", RunStatus.Failed, "The trainer ended with 137: killed"), End(context));
    }

    [Fact]
    public async Task A_trainer_that_says_why_it_cannot_is_not_started_again()
    {
        var context = Happy().On<string>(TrainingActivities.Check, _ => new TrainingStatus(TrainingState.Failed, "The trainer ended with 1: no data"));

        await RunAsync(context);

        Assert.Single(context.Calls, call => call.Activity == TrainingActivities.Start);
        Assert.Equal(RunStatus.Failed, End(context).Status);
    }

    [Fact]
    public async Task A_training_that_takes_too_long_is_stopped_and_was_looked_after_ever_less_often()
    {
        var context = Happy().On<string>(TrainingActivities.Check, _ => Running).On<string>(TrainingActivities.Cancel, _ => StepOutcome.Well);

        await RunAsync(context);

        Assert.Single(context.Calls, call => call.Activity == TrainingActivities.Cancel);
        Assert.Equal(RunStatus.Failed, End(context).Status);
        Assert.Equal("timer 00:00:05", context.Actions.First(action => action.StartsWith("timer", StringComparison.Ordinal)));
        Assert.Contains("timer 00:05:00", context.Actions);
        Assert.InRange(context.Calls.Count(call => call.Activity == TrainingActivities.Check), 20, 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_does_not_serve_makes_way_for_the_one_before(bool saysWhy)
    {
        var context = Happy().On<string>(PublishingActivities.Look, _ => new StepOutcome(false, saysWhy ? "the graph gives no numbers" : null)).On<string>(PublishingActivities.TakeBack, _ => StepOutcome.Well);
        context.Raise(nameof(Approval), Said(Approval.Approve));

        await RunAsync(context);

        Assert.Single(context.Calls, call => call.Activity == PublishingActivities.TakeBack);
        Assert.Equal(RunStatus.Failed, End(context).Status);
        Assert.Equal(saysWhy, End(context).Message.EndsWith("the graph gives no numbers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_fails_at_every_attempt_ends_the_run_and_is_named()
    {
        var context = Happy().On<string>(RunActivities.Judge, _ => throw new IOException("no storage"));

        await RunAsync(context);

        Assert.Equal(RunStatus.Failed, End(context).Status);
        Assert.Contains(RunActivities.Judge, End(context).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_restarts_takes_the_same_steps_from_any_part_of_the_history()
    {
        var whole = Happy();
        whole.Raise(nameof(Approval), Said(Approval.Approve));
        await RunAsync(whole);

        for (var known = 0; known < Steps.Length; known++)
        {
            var part = Happy();
            part.Raise(nameof(Approval), Said(Approval.Approve));
            foreach (var step in Steps.Skip(known))
                part.On<object>(step, _ => new TaskCompletionSource<object?>().Task);
            var run = ImproveModel.RunAsync(part);
            while (part.OpenTimers.Any() && !run.IsCompleted) part.FireTimer();

            Assert.False(run.IsCompleted);
            Assert.Equal(whole.Actions.Take(part.Actions.Count), part.Actions);
            Assert.Equal(Steps[known], part.Calls[^1].Activity);
        }
    }

    /// <summary>Timers fire as soon as nothing else is to be done.</summary>
    private static async Task RunAsync(OrchestrationContext context)
    {
        var run = ImproveModel.RunAsync(context);
        while (!run.IsCompleted) context.FireTimer();
        await run;
    }

    private static OrchestrationContext Happy() => new OrchestrationContext(Input)
        .On<string>(RunActivities.BuildData, _ => StepOutcome.Well)
        .On<string>(TrainingActivities.Start, _ => Running)
        .On<string>(TrainingActivities.Check, _ => new TrainingStatus(TrainingState.Succeeded, null))
        .On<string>(RunActivities.Judge, _ => StepOutcome.Well)
        .On<ApprovalStep>(RunActivities.Decide, step => new StepOutcome(step.Approval?.Decision == Approval.Approve, null))
        .On<string>(PublishingActivities.Publish, _ => StepOutcome.Well)
        .On<string>(PublishingActivities.MakeCurrent, _ => StepOutcome.Well)
        .On<string>(PublishingActivities.Look, _ => StepOutcome.Well)
        .On<RunEnd>(RunActivities.End, _ => StepOutcome.Well);

    private static TrainingStatus Running { get; } = new(TrainingState.Running, "step 1");

    private static Approval Said(string decision) => new(decision, "adam", DateTimeOffset.UnixEpoch, "looked at it");

    private static RunEnd End(OrchestrationContext context) => Assert.IsType<RunEnd>(context.Calls.Single(call => call.Activity == RunActivities.End).Input);
}
