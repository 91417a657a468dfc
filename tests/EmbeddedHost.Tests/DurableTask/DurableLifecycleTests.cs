using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableLifecycleTests
{
    public sealed class Functions(Journal journal)
    {
        [Function(nameof(Waits))]
        public static async Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus(new { Step = 1 });
            return await context.WaitForExternalEvent<string>("go");
        }

        [Function(nameof(Counts))]
        public static async Task<string> Counts([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var count = context.GetInput<int>();
            if (count == 5)
                return $"{count} {await context.WaitForExternalEvent<string>("early")} {context.Version}";
            await context.CallActivityAsync(nameof(Note), $"count {count}");
            context.ContinueAsNew(new ContinueAsNewOptions { NewInput = count + 1, NewVersion = "2.0" });
            return "not the end";
        }

        [Function(nameof(Note))]
        public void Note([ActivityTrigger] string text) => journal.Write(text);

        [Function(nameof(Versioned))]
        public static async Task<string> Versioned([OrchestrationTrigger] TaskOrchestrationContext context) =>
            $"{context.Version} {await context.CallSubOrchestratorAsync<string>(nameof(OwnVersion))} {context.CompareVersionTo("1.10") < 0}";

        [Function(nameof(OwnVersion))]
        public static string OwnVersion([OrchestrationTrigger] TaskOrchestrationContext context) => context.Version;

        [Function(nameof(Echo))]
        public static string Echo([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<string>() ?? "nothing";
    }

    private static StartOrchestrationOptions Id(string id) => new(id);

    [Fact]
    public async Task A_waiting_instance_tells_its_status_input_and_tags()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var options = Id("w") with { Tags = new Dictionary<string, string> { ["colour"] = "red" } };
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), "input", options);
        var seen = await app.Client.WaitForInstanceStartAsync("w", getInputsAndOutputs: true);
        Assert.Equal((nameof(Functions.Waits), OrchestrationRuntimeStatus.Running, """{"Step":1}""", "input", "red"),
            (seen.Name, seen.RuntimeStatus, seen.SerializedCustomStatus, seen.ReadInputAs<string>(), seen.Tags["colour"]));
        Assert.Throws<InvalidOperationException>(() => app.Client.GetInstanceAsync("w").Result!.ReadInputAs<string>());
    }

    [Fact]
    public async Task Continue_as_new_starts_over_with_new_input_and_version_and_keeps_unprocessed_events()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Counts), 0, Id("c"));
        await app.Client.RaiseEventAsync("c", "early", "kept");
        Assert.Equal("5 kept 2.0", (await app.EndAsync("c")).ReadOutputAs<string>());
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"count {i}"), app.Journal.Entries);
    }

    [Fact]
    public async Task A_suspended_instance_takes_events_in_and_goes_on_when_resumed()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("s"));
        await app.Client.SuspendInstanceAsync("s", "lunch");
        await app.Client.RaiseEventAsync("s", "go", "went");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await app.Client.GetInstanceAsync("s"))!.RuntimeStatus);

        await app.StopAsync();
        await app.StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await app.Client.GetInstanceAsync("s"))!.RuntimeStatus);
        await app.Client.ResumeInstanceAsync("s");
        Assert.Equal("went", (await app.EndAsync("s")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminating_ends_an_instance_and_later_events_leave_it_so()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("t"));
        await app.Client.TerminateInstanceAsync("t", "because");
        await app.Client.RaiseEventAsync("t", "go", "late");
        await app.Client.TerminateInstanceAsync("t", "twice");
        var ended = await app.EndAsync("t");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "because"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Steering_an_instance_that_does_not_exist_says_so()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Contains("'ghost'", (await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.TerminateInstanceAsync("ghost"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.SuspendInstanceAsync("ghost"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.WaitForInstanceCompletionAsync("ghost"));
    }

    [Fact]
    public async Task An_id_in_use_is_refused_until_its_instance_has_finished_or_longer_when_asked()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("d"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), "x", Id("d")));
        Assert.Contains("'d'", refused.Message, StringComparison.Ordinal);

        await app.Client.RaiseEventAsync("d", "go", "first");
        Assert.Equal("first", (await app.EndAsync("d")).ReadOutputAs<string>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Functions.Echo), "x", Id("d").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), "second", Id("d"));
        Assert.Equal("second", (await app.EndAsync("d")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_one_is_accepted()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("one"));
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        })));
        Assert.Equal(1, starts.Count(accepted => accepted));
    }

    [Fact]
    public async Task The_version_is_the_instances_own_or_that_of_host_json()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Settings = "\"defaultVersion\": \"1.2\"" }.StartAsync();
        Assert.Equal("1.2 1.2 True", await app.OutputAsync<string>(nameof(Functions.Versioned)));
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Versioned), Id("v") with { Version = "3.0" });
        Assert.Equal("3.0 1.2 False", (await app.EndAsync("v")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Queries_filter_and_page()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        for (var i = 0; i < 7; i++)
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), $"{i}", Id($"echo-{i}"));
        for (var i = 0; i < 7; i++)
            await app.EndAsync($"echo-{i}");
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("wait"));

        var pages = new List<Page<OrchestrationMetadata>>();
        await foreach (var page in app.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "echo-", PageSize: 3, FetchInputsAndOutputs: true)).AsPages())
            pages.Add(page);
        Assert.Equal([3, 3, 1], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"{i}"), pages.SelectMany(page => page.Values).Select(instance => instance.ReadOutputAs<string>()));

        var rest = app.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "echo-", ContinuationToken: pages[0].ContinuationToken));
        Assert.Equal(4, await CountAsync(rest));
        Assert.Equal(1, await CountAsync(app.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running]))));
        Assert.Equal(0, await CountAsync(app.Client.GetAllInstancesAsync(new OrchestrationQuery(CreatedFrom: DateTimeOffset.UtcNow.AddHours(1)))));
        Assert.Equal(8, await CountAsync(app.Client.GetAllInstancesAsync()));
    }

    [Fact]
    public async Task Purging_forgets_finished_instances_only()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        for (var i = 0; i < 3; i++)
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), Id($"echo-{i}"));
        for (var i = 0; i < 3; i++)
            await app.EndAsync($"echo-{i}");
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), Id("wait"));

        Assert.Equal(0, (await app.Client.PurgeInstanceAsync("wait")).PurgedInstanceCount);
        Assert.Equal(1, (await app.Client.PurgeInstanceAsync("echo-0")).PurgedInstanceCount);
        Assert.Null(await app.Client.GetInstanceAsync("echo-0"));
        var purged = await app.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow, [OrchestrationRuntimeStatus.Completed]));
        Assert.Equal((2, true), (purged.PurgedInstanceCount, purged.IsComplete));
        Assert.Equal(1, await CountAsync(app.Client.GetAllInstancesAsync()));
    }

    private static async Task<int> CountAsync(AsyncPageable<OrchestrationMetadata> instances)
    {
        var count = 0;
        await foreach (var _ in instances)
            count++;
        return count;
    }
}
