using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.App.Improvement;

/// <summary>
/// Makes the next model: build the data set, train, hold the result against the gates, ask a person, publish, serve. The first step
/// that does not go well ends the run, and whatever ends it is written down.
/// </summary>
public static class ImproveModel
{
    [Function(nameof(ImproveModel))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.GetInput<ImprovementInput>() ?? throw new InvalidOperationException("The orchestration was started without a run.");
        var end = await PassAsync(new ImprovementSteps(context, run));
        await context.CallActivityAsync<StepOutcome>(RunActivities.End, end, ImprovementRetries.Step);
    }

    private static async Task<RunEnd> PassAsync(ImprovementSteps steps)
    {
        try
        {
            return await steps.BuildDatasetAsync()
                ?? await steps.TrainAsync()
                ?? await steps.JudgeAsync()
                ?? await steps.AskAsync()
                ?? await steps.PublishAsync()
                ?? await steps.ServeAsync()
                ?? steps.Completed();
        }
        catch (TaskFailedException e)
        {
            return steps.Failed(e);
        }
    }
}
