using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.Benchmarks.DurableTask;

/// <summary>Three activities that do nothing, one after the other: what is measured is the host.</summary>
public static class ThreeSteps
{
    [Function(nameof(RunThreeSteps))]
    public static async Task<int> RunThreeSteps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var done = 0;
        for (var step = 0; step < 3; step++)
            done = await context.CallActivityAsync<int>(nameof(Step), done);
        return done;
    }

    [Function(nameof(Step))]
    public static int Step([ActivityTrigger] int done) => done + 1;
}
