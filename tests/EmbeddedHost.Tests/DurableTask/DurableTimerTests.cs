using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableTimerTests
{
    public static class Functions
    {
        [Function(nameof(Sleeps))]
        public static async Task<double> Sleeps([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var began = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(2), CancellationToken.None);
            return (context.CurrentUtcDateTime - began).TotalHours;
        }

        [Function(nameof(CancelsTimer))]
        public static async Task<string> CancelsTimer([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            using var stop = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(300), stop.Token);
            var raised = context.WaitForExternalEvent<string>("go");
            if (await Task.WhenAny(timer, raised) != raised)
                return "too late";
#pragma warning disable CA1849 // CancelAsync leaves the orchestration's own thread.
            stop.Cancel();
#pragma warning restore CA1849
            return $"{timer.Status} {await raised}";
        }

        [Function(nameof(When))]
        public static DateTime When([OrchestrationTrigger] TaskOrchestrationContext context) => context.CurrentUtcDateTime;
    }

    [Fact]
    public async Task Timers_fire_when_due_by_the_hosts_clock()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        Assert.InRange(await app.OutputAsync<double>(nameof(Functions.Sleeps)), 3, 3.4);
    }

    [Fact]
    public async Task A_cancelled_timer_holds_nothing_up()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.CancelsTimer));
        await app.Client.RaiseEventAsync(id, "go", "now");
        Assert.Equal("Canceled now", (await app.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_survives_a_restart()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.CancelsTimer));
        await app.StopAsync();
        await app.StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await app.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await app.Client.RaiseEventAsync(id, "go", "again");
        Assert.Equal("Canceled again", (await app.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task StartAt_holds_an_instance_back_until_then()
    {
        var time = new SkippingTime();
        await using var app = await new DurableApp(typeof(Functions)) { Time = time }.StartAsync();
        var due = time.GetUtcNow().AddHours(5);
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.When), new StartOrchestrationOptions(StartAt: due));
        Assert.True((await app.EndAsync(id)).ReadOutputAs<DateTime>() >= due.UtcDateTime);
    }

    [Fact]
    public async Task An_instance_that_is_not_due_is_pending_over_a_restart_too()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.When), new StartOrchestrationOptions(StartAt: DateTimeOffset.UtcNow.AddDays(100)));
        await app.StopAsync();
        await app.StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await app.Client.GetInstanceAsync(id))!.RuntimeStatus);
    }
}
