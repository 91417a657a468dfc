using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

public sealed class DurableActivityTests
{
    public sealed record Order(string Name, int Count, string[] Notes);

    public sealed class Functions(Journal journal)
    {
        [Function(nameof(EveryInput))]
        public static async Task<string> EveryInput([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var order = context.GetInput<Order>()!;
            var text = await context.CallActivityAsync<string>(nameof(OfText), order.Name);
            var number = await context.CallActivityAsync<int>(nameof(OfNumber), order.Count);
            var record = await context.CallActivityAsync<Order>(nameof(OfRecord), order);
            await context.CallActivityAsync(nameof(OfNothing));
            return $"{text} {number} {record.Name} {string.Join('+', record.Notes)}";
        }

        [Function(nameof(OfText))]
        public static string OfText([ActivityTrigger] string text) => text + "!";

        [Function(nameof(OfNumber))]
        public static Task<int> OfNumber([ActivityTrigger] int number) => Task.FromResult(number * 2);

        [Function(nameof(OfRecord))]
        public ValueTask<Order> OfRecord([ActivityTrigger] Order order, FunctionContext context, string instanceId, CancellationToken cancellationToken)
        {
            journal.Write($"{context.FunctionDefinition.Name} for {instanceId.Length} {cancellationToken.CanBeCanceled} {context.BindingContext.BindingData["instanceId"]!.ToString() == instanceId}");
            return new(order with { Name = order.Name.ToUpperInvariant() });
        }

        [Function(nameof(OfNothing))]
        public void OfNothing([ActivityTrigger] object? nothing) => journal.Write($"nothing is {nothing ?? "null"}");

        [Function(nameof(Fails))]
        public static async Task<string> Fails([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                return await context.CallActivityAsync<string>(nameof(Throws), new string('x', 20_000));
            }
            catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<ArgumentException>())
            {
                return $"{e.TaskName} {e.TaskId} {e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage.Length} {e.FailureDetails.InnerFailure!.ErrorType}";
            }
        }

        [Function(nameof(Throws))]
        public static string Throws([ActivityTrigger] string message) => throw new ArgumentOutOfRangeException(message, new TimeoutException("inner"));

        [Function(nameof(Unhandled))]
        public static Task Unhandled([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(nameof(Throws), "bad input");

        [Function(nameof(Unknown))]
        public static Task Unknown([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync("Misspelt", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1))));

        [Function(nameof(FanOut))]
        public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => context.CallActivityAsync<int>(nameof(OfNumber), i)));
            return numbers.Sum();
        }

        [Function(nameof(First))]
        public static async Task<string> First([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var slow = context.CallActivityAsync<string>(nameof(Gated), "slow");
            var quick = context.CallActivityAsync<string>(nameof(OfText), "quick");
            return await await Task.WhenAny(slow, quick);
        }

        [Function(nameof(Gated))]
        public async Task<string> Gated([ActivityTrigger] string gate, CancellationToken cancellationToken)
        {
            journal.Signal($"{gate} runs");
            journal.Write($"{gate} began");
            await journal.WaitForAsync(gate, cancellationToken);
            return gate;
        }

        [Function(nameof(Starts))]
        public static Task<string> Starts([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>(nameof(StartsAnother));

        [Function(nameof(StartsAnother))]
        public static async Task<string> StartsAnother([ActivityTrigger] object? nothing, [DurableClient] DurableTaskClient client)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(FanOut));
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return $"{ended.Name} {ended.SerializedOutput}";
        }

        [Function(nameof(RunGated))]
        public static Task<string> RunGated([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>(nameof(Gated), "gate");

        [Function(nameof(ManyGated))]
        public static Task ManyGated([OrchestrationTrigger] TaskOrchestrationContext context) =>
            Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync(nameof(Gated), $"gate{i}")));
    }

    [Fact]
    public async Task An_activity_takes_and_returns_whatever_JSON_can_hold_and_other_bindings_beside_it()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("ann! 6 ANN a+b", await app.OutputAsync<string>(nameof(Functions.EveryInput), new Order("ann", 3, ["a", "b"])));
        Assert.Equal(["OfRecord for 32 True True", "nothing is null"], app.Journal.Entries);
    }

    [Fact]
    public async Task A_failure_carries_its_type_and_cause_and_a_text_of_bounded_length()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var text = await app.OutputAsync<string>(nameof(Functions.Fails));
        Assert.StartsWith("Throws 0 System.ArgumentOutOfRangeException ", text, StringComparison.Ordinal);
        Assert.EndsWith("System.TimeoutException", text, StringComparison.Ordinal);
        Assert.InRange(int.Parse(text!.Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture), 8_000, 8_200);
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_instance_with_details_and_output()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var ended = await app.RunAsync(nameof(Functions.Unhandled));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<TaskFailedException>());
        Assert.True(ended.FailureDetails.InnerFailure!.IsCausedBy<ArgumentOutOfRangeException>());
        Assert.Contains("bad input", ended.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_activity_fails_at_once_whatever_the_retry_policy_and_names_those_there_are()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var ended = await app.RunAsync(nameof(Functions.Unknown));
        Assert.Contains("There is no activity 'Misspelt'. The app has Gated, OfNothing, OfNumber", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_its_instance_and_names_those_there_are()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var ended = await app.RunAsync("Misspelt");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("There is no orchestrator 'Misspelt'. The app has EveryInput, Fails, FanOut", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_an_input_are_read_in_any_case_as_by_the_official_worker()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("ann! 6 ANN a+b", await app.OutputAsync<string>(nameof(Functions.EveryInput), new { name = "ann", count = 3, notes = (List<string>)["a", "b"] }));
    }

    [Fact]
    public async Task WhenAll_waits_for_every_activity()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal(Enumerable.Range(0, 50).Sum() * 2, await app.OutputAsync<int>(nameof(Functions.FanOut)));
    }

    [Fact]
    public async Task WhenAny_goes_on_with_the_first()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("quick!", await app.OutputAsync<string>(nameof(Functions.First)));
        app.Journal.Signal("slow");
    }

    [Fact]
    public async Task An_activity_may_use_a_client()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        Assert.Equal("FanOut 2450", await app.OutputAsync<string>(nameof(Functions.Starts)));
    }

    [Fact]
    public async Task Middleware_runs_around_activities_and_not_around_orchestrators()
    {
        var seen = new Journal();
        await using var app = await new DurableApp(typeof(Functions))
        {
            Configure = builder => builder.UseMiddleware(async (context, next) =>
            {
                seen.Write(context.FunctionDefinition.Name);
                await next();
            }),
        }.StartAsync();
        await app.OutputAsync<string>(nameof(Functions.EveryInput), new Order("ann", 3, []));
        Assert.Equal(["OfText", "OfNumber", "OfRecord", "OfNothing"], seen.Entries);
    }

    [Fact]
    public async Task Stopping_cancels_an_activity_and_the_next_start_runs_it_again()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Time = new SkippingTime() }.StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.RunGated));
        await app.Journal.WaitForAsync("gate runs");
        await app.StopAsync();
        Assert.Contains(app.Log.Lines, line => line.Contains("Activity Gated of", StringComparison.Ordinal));

        app.Journal.Signal("gate");
        await app.StartAsync();
        Assert.Equal("gate", (await app.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(2, app.Journal.Count("gate began"));
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_host_json_says()
    {
        await using var app = await new DurableApp(typeof(Functions)) { Settings = "\"maxConcurrentActivityFunctions\": 1" }.StartAsync();
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.ManyGated));
        for (var done = 0; done < 3; done++)
        {
            var running = await Task.WhenAny(Enumerable.Range(0, 3).Where(i => app.Journal.Count($"gate{i} ended") == 0).Select(async i =>
            {
                await app.Journal.WaitForAsync($"gate{i} runs");
                return i;
            }));
            Assert.Equal(done + 1, app.Journal.Entries.Count(entry => entry.EndsWith("began", StringComparison.Ordinal)));
            app.Journal.Write($"gate{await running} ended");
            app.Journal.Signal($"gate{await running}");
        }
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await app.EndAsync(id)).RuntimeStatus);
    }
}
