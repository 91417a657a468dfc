using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableRetryTests
{
    public sealed class Functions(Journal journal)
    {
        [Function(nameof(ByPolicy))]
        public static async Task<string> ByPolicy([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var policy = new RetryPolicy(4, TimeSpan.FromHours(1), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromHours(5));
            var began = context.CurrentUtcDateTime;
            var result = await context.CallActivityAsync<string>(nameof(FailsThrice), options: TaskOptions.FromRetryPolicy(policy));
            return $"{result} after {Math.Floor((context.CurrentUtcDateTime - began).TotalHours)}";
        }

        [Function(nameof(FailsThrice))]
        public string FailsThrice([ActivityTrigger] object? nothing)
        {
            journal.Write("attempt");
            return journal.Count("attempt") > 3 ? "done" : throw new TimeoutException("not yet");
        }

        [Function(nameof(NotHandled))]
        public static Task NotHandled([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(
            nameof(FailsThrice),
            options: TaskOptions.FromRetryPolicy(new RetryPolicy(9, TimeSpan.FromHours(1)) { HandleFailure = failure => !failure.IsCausedBy<TimeoutException>() }));

        [Function(nameof(TooFew))]
        public static Task TooFew([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync(nameof(FailsThrice), options: TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromHours(1))));

        [Function(nameof(TooLong))]
        public static Task TooLong([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(
            nameof(FailsThrice), options: TaskOptions.FromRetryPolicy(new RetryPolicy(9, TimeSpan.FromHours(1), retryTimeout: TimeSpan.FromMinutes(90))));

        [Function(nameof(ByHandler))]
        public static async Task<string> ByHandler([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var seen = new List<string>();
            var options = TaskOptions.FromRetryHandler(async retry =>
            {
                seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return retry.LastAttemptNumber < 9;
            });
            return await context.CallActivityAsync<string>(nameof(FailsThrice), options: options) + ": " + string.Join(", ", seen);
        }
    }

    [Fact]
    public async Task A_policy_waits_longer_each_time_up_to_its_maximum()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        // 1 + 3 + 5 hours: the third would be nine.
        Assert.Equal("done after 9", await app.OutputAsync<string>(nameof(Functions.ByPolicy)));
    }

    [Theory]
    [InlineData(nameof(Functions.NotHandled), 1)]
    [InlineData(nameof(Functions.TooFew), 2)]
    [InlineData(nameof(Functions.TooLong), 3)]
    public async Task A_policy_gives_up_when_it_says_so(string orchestrator, int attempts)
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        var ended = await app.RunAsync(orchestrator);
        Assert.Equal("not yet", ended.FailureDetails!.InnerFailure!.ErrorMessage);
        Assert.Equal(attempts, app.Journal.Count("attempt"));
    }

    [Fact]
    public async Task A_handler_decides_and_may_wait_on_timers()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        Assert.Equal("done: 1 not yet, 2 not yet, 3 not yet", await app.OutputAsync<string>(nameof(Functions.ByHandler)));
    }
}
