using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableReplayTests
{
    public sealed class Functions(Journal journal)
    {
        [Function(nameof(Deterministic))]
        public static async Task<bool> Deterministic([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var guid = context.NewGuid();
            var now = context.CurrentUtcDateTime;
            context.CreateReplaySafeLogger("App").Began();
            var sameGuid = await context.CallActivityAsync<Guid>(nameof(EchoGuid), guid);
            var sameNow = await context.CallActivityAsync<DateTime>(nameof(EchoTime), now);
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            return sameGuid == guid && sameNow == now && now.Kind == DateTimeKind.Utc && context.NewGuid() != guid && !context.IsReplaying;
        }

        [Function(nameof(EchoGuid))]
        public static Guid EchoGuid([ActivityTrigger] Guid id) => id;

        [Function(nameof(EchoTime))]
        public static DateTime EchoTime([ActivityTrigger] DateTime time) => time;

        [Function(nameof(Detours))]
        public static async Task<string> Detours([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Yield();
            var first = await context.CallActivityAsync<Guid>(nameof(EchoGuid), context.NewGuid()).ConfigureAwait(false);
            var second = await Nested(context).ConfigureAwait(true);
            return $"{first != second}";
        }

        private static async Task<Guid> Nested(TaskOrchestrationContext context)
        {
            await Task.WhenAll(context.CallActivityAsync(nameof(EchoGuid), Guid.Empty), context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None));
            return await context.CallActivityAsync<Guid>(nameof(EchoGuid), context.NewGuid());
        }

        [Function(nameof(Changes))]
        public async Task Changes([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Write("turn");
            if (journal.Count("turn") == 1)
                await context.CallActivityAsync(nameof(EchoGuid), Guid.Empty);
            else
                await context.CallActivityAsync(nameof(EchoTime), DateTime.UnixEpoch);
            await context.WaitForExternalEvent<string>("never");
        }

        [Function(nameof(Drops))]
        public async Task Drops([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Write("turn");
            if (journal.Count("turn") == 1)
                await context.CallActivityAsync(nameof(EchoGuid), Guid.Empty);
            await context.WaitForExternalEvent<string>("never");
        }

        [Function(nameof(Adds))]
        public async Task Adds([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Write("turn");
            var task = context.CallActivityAsync(nameof(EchoGuid), Guid.Empty);
            if (journal.Count("turn") > 1)
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            await task;
            await context.WaitForExternalEvent<string>("never");
        }

        [Function(nameof(EndsEarly))]
        public async Task EndsEarly([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Write("turn");
            if (journal.Count("turn") == 1)
                await context.WaitForExternalEvent<string>("go");
        }

        [Function(nameof(AwaitsDelay))]
        public static async Task AwaitsDelay([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Delay(1);
            await context.CallActivityAsync(nameof(EchoGuid), Guid.Empty);
        }

        [Function(nameof(AwaitsDelayBesideAnEvent))]
        public static Task AwaitsDelayBesideAnEvent([OrchestrationTrigger] TaskOrchestrationContext context) => WaitsForEither(context);

        private static async Task WaitsForEither(TaskOrchestrationContext context) =>
            await Task.WhenAny(Task.Delay(50), context.WaitForExternalEvent<string>("never"));

        [Function(nameof(AsyncVoid))]
        public static async Task AsyncVoid([OrchestrationTrigger] TaskOrchestrationContext context)
        {
#pragma warning disable CS8321, VSTHRD100 // That is the mistake.
            async void Throw() => await Task.FromException(new InvalidOperationException("thrown past every task"));
#pragma warning restore CS8321, VSTHRD100
            Throw();
            await context.CallActivityAsync(nameof(EchoGuid), Guid.Empty);
        }
    }

    [Fact]
    public async Task Guids_and_times_are_the_same_at_every_replay_and_lines_are_logged_once()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.True(await app.OutputAsync<bool>(nameof(Functions.Deterministic)));
        Assert.Single(app.Log.Lines, line => line == "It began.");
    }

    [Fact]
    public async Task ConfigureAwait_Yield_and_nested_tasks_stay_on_the_orchestrators_thread()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("True", await app.OutputAsync<string>(nameof(Functions.Detours)));
    }

    [Theory]
    [InlineData(nameof(Functions.Changes), "step 0 of its history is activity 'EchoGuid', and it now is activity 'EchoTime'")]
    [InlineData(nameof(Functions.Drops), "step 0 of its history is activity 'EchoGuid', and it now does not get there")]
    [InlineData(nameof(Functions.Adds), "it now has a step 1, a timer, where its history has none")]
    public async Task An_orchestrator_that_decides_otherwise_at_replay_fails_and_says_how(string orchestrator, string difference)
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var ended = await app.RunAsync(orchestrator);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(difference, ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_that_ends_where_it_waited_before_fails()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.EndsEarly));
        await app.Client.RaiseEventAsync(id, "go");
        Assert.Contains("it now ends after 0 steps, where it went on before", (await app.EndAsync(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Functions.AwaitsDelay))]
    [InlineData(nameof(Functions.AwaitsDelayBesideAnEvent))]
    public async Task An_orchestrator_that_awaits_anything_but_its_context_fails(string orchestrator)
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var ended = await app.RunAsync(orchestrator);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("it awaits something that is not its context's", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_past_every_task_fails_the_instance_and_not_the_host()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("thrown past every task", (await app.RunAsync(nameof(Functions.AsyncVoid))).FailureDetails!.ErrorMessage);
        Assert.True(await app.OutputAsync<bool>(nameof(Functions.Deterministic)));
    }
}

internal static partial class ReplayLogs
{
    [LoggerMessage(1, LogLevel.Information, "It began.")]
    public static partial void Began(this ILogger logger);
}
