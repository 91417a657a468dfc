using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableSubOrchestrationTests
{
    public static class Functions
    {
        [Function(nameof(Parent))]
        public static async Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var named = await context.CallSubOrchestratorAsync<string>(nameof(Child), "one", new SubOrchestrationOptions(instanceId: "child-1"));
            var unnamed = await context.CallSubOrchestratorAsync<string>(nameof(Child), "two");
            return $"{named}; {unnamed}";
        }

        [Function(nameof(Child))]
        public static string Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
            $"{context.GetInput<string>()} of {context.Parent!.Name} {context.Parent.InstanceId == "parent"} {context.InstanceId == "child-1"}";

        [Function(nameof(ParentOfFailing))]
        public static async Task<string> ParentOfFailing([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallSubOrchestratorAsync(nameof(FailingChild), options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromHours(1))));
                return "did not fail";
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} {e.TaskId} {e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage}";
            }
        }

        [Function(nameof(FailingChild))]
        public static Task FailingChild([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no use");

        [Function(nameof(ParentOfWaiting))]
        public static Task ParentOfWaiting([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallSubOrchestratorAsync(nameof(WaitingChild), options: new SubOrchestrationOptions(instanceId: context.InstanceId + "-child"));

        [Function(nameof(WaitingChild))]
        public static async Task WaitingChild([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus("waits");
            await context.WaitForExternalEvent<string>("never");
        }

        [Function(nameof(ParentOfTaken))]
        public static Task ParentOfTaken([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallSubOrchestratorAsync(nameof(WaitingChild), options: new SubOrchestrationOptions(instanceId: "taken"));
    }

    [Fact]
    public async Task A_sub_orchestration_knows_its_parent_and_answers_it()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Parent), new StartOrchestrationOptions("parent"));
        Assert.Equal("one of Parent True True; two of Parent True False", (await app.EndAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failing_sub_orchestration_is_tried_again_and_then_fails_its_parents_call()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        // Steps 0 to 4: three attempts and two timers between them.
        Assert.Equal("FailingChild 4 System.InvalidOperationException no use", await app.OutputAsync<string>(nameof(Functions.ParentOfFailing)));
    }

    [Fact]
    public async Task An_instance_id_that_is_taken_fails_the_call()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.WaitingChild), new StartOrchestrationOptions("taken"));
        var ended = await app.RunAsync(nameof(Functions.ParentOfTaken));
        Assert.Contains("The instance taken exists and is Running", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Terminating_takes_sub_orchestrations_along_only_when_asked(bool recursive, OrchestrationRuntimeStatus expected)
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.ParentOfWaiting), new StartOrchestrationOptions("p"));
        while (await app.Client.GetInstanceAsync("p-child") is null)
            await Task.Yield();
        await app.Client.TerminateInstanceAsync("p", new TerminateInstanceOptions("enough", recursive));
        var ended = await app.EndAsync("p");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        var child = recursive ? await app.EndAsync("p-child") : await app.Client.WaitForInstanceStartAsync("p-child");
        Assert.Equal(expected, child.RuntimeStatus);
    }

    [Fact]
    public async Task Purging_takes_sub_orchestrations_along_when_asked()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Parent), new StartOrchestrationOptions("parent"));
        await app.EndAsync("parent");
        Assert.Equal(3, (await app.Client.PurgeInstanceAsync("parent", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Null(await app.Client.GetInstanceAsync("child-1"));
    }
}
