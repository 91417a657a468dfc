using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableEventTests
{
    public static class Functions
    {
        [Function(nameof(Collects))]
        public static async Task<string> Collects([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.WaitForExternalEvent<string>("open");
            var items = new List<int>();
            for (var i = 0; i < 3; i++)
                items.Add(await context.WaitForExternalEvent<int>("Item"));
            return string.Join(',', items);
        }

        [Function(nameof(TimesOut))]
        public static async Task<string> TimesOut([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                return await context.WaitForExternalEvent<string>("never", TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                return "timed out";
            }
        }

        [Function(nameof(Pings))]
        public static async Task<string> Pings([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SendEvent(context.GetInput<string>()!, "ping", context.InstanceId);
            return await context.WaitForExternalEvent<string>("pong");
        }

        [Function(nameof(Pongs))]
        public static async Task Pongs([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.SendEvent(await context.WaitForExternalEvent<string>("ping"), "pong", "from " + context.InstanceId);
    }

    [Fact]
    public async Task Events_are_kept_until_somebody_waits_and_matched_by_name_in_any_case_and_in_order()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Collects));
        for (var i = 1; i <= 3; i++)
            await app.Client.RaiseEventAsync(id, i == 2 ? "ITEM" : "item", i);
        await app.Client.RaiseEventAsync(id, "open", "now");
        Assert.Equal("1,2,3", (await app.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Kept_events_survive_a_restart()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Collects));
        for (var i = 1; i <= 3; i++)
            await app.Client.RaiseEventAsync(id, "item", i);
        await app.StopAsync();
        await app.StartAsync();
        await app.Client.RaiseEventAsync(id, "open", "now");
        Assert.Equal("1,2,3", (await app.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_for_an_event_ends_at_its_time_out()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        Assert.Equal("timed out", await app.OutputAsync<string>(nameof(Functions.TimesOut)));
    }

    [Fact]
    public async Task Orchestrations_send_each_other_events()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Pongs), new StartOrchestrationOptions("ponger"));
        Assert.Equal("from ponger", await app.OutputAsync<string>(nameof(Functions.Pings), "ponger"));
    }

    [Fact]
    public async Task An_event_for_nobody_is_dropped_without_a_word()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.RaiseEventAsync("nobody", "item", 1);
        Assert.Null(await app.Client.GetInstanceAsync("nobody"));
    }
}
