using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Orchestrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

/// <summary>
/// Histories that earlier builds recorded (Histories/*.jsonl) must still read, write and replay. Recorded anew only by
/// <c>RECORD_HISTORIES=1 dotnet test tests/EmbeddedHost.Tests --filter DurableGolden</c>.
/// </summary>
public sealed class DurableGoldenTests
{
    public sealed class Functions(Journal journal)
    {
        [Function(nameof(Errand))]
        public static async Task<string> Errand([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus("under way");
            var tries = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(5), backoffCoefficient: 2));
            var first = await context.CallActivityAsync<string>(nameof(Flaky), context.NewGuid().ToString("N"), tries);
            var both = await Task.WhenAll(context.CallActivityAsync<string>(nameof(Upper), "a"), context.CallActivityAsync<string>(nameof(Upper), "b"));
            var child = await context.CallSubOrchestratorAsync<string>(nameof(Child), "c");
            context.SendEvent(context.InstanceId, "own", 7);
            var own = await context.WaitForExternalEvent<int>("OWN");
            var raised = await context.WaitForExternalEvent<string>("raised", TimeSpan.FromDays(1));
            return $"{first.Length} {string.Concat(both)} {child} {own} {raised} \"é\"";
        }

        [Function(nameof(Child))]
        public static Task<string> Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>(nameof(Upper), context.GetInput<string>());

        [Function(nameof(Failing))]
        public static async Task Failing([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallActivityAsync(nameof(Breaks));

        [Function(nameof(Upper))]
        public static string Upper([ActivityTrigger] string text) => text.ToUpperInvariant();

        [Function(nameof(Flaky))]
        public string Flaky([ActivityTrigger] string text)
        {
            journal.Write("try");
            return journal.Count("try") > 1 ? text : throw new TimeoutException("not yet");
        }

        [Function(nameof(Breaks))]
        public static void Breaks([ActivityTrigger] object? nothing) => throw new InvalidOperationException("broken");
    }

    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> Orchestrators = new()
    {
        [nameof(Functions.Errand)] = async context => await Functions.Errand(context),
        [nameof(Functions.Child)] = async context => await Functions.Child(context),
        [nameof(Functions.Failing)] = async context =>
        {
            await Functions.Failing(context);
            return null;
        },
    };

    public static TheoryData<string> Recorded => [nameof(Functions.Errand), nameof(Functions.Child), nameof(Functions.Failing)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_history_replays_to_its_recorded_end_and_from_every_turn_on_the_way(string name)
    {
        if (Environment.GetEnvironmentVariable("RECORD_HISTORIES") == "1")
            await RecordAsync();
        var history = (await File.ReadAllLinesAsync(PathOf(name))).Select(HistoryJson.Read).ToList();
        var ended = Assert.IsType<ExecutionCompleted>(history[^1]);

        var outcome = Replay(name, history, history.Count).Outcome;
        if (ended.Failure is { } failure)
            Assert.Equal((failure.Type, failure.Message), (((Outcome.Failed)outcome!).Failure.Type, ((Outcome.Failed)outcome).Failure.Message));
        else
            Assert.Equal(new Outcome.Completed(ended.Output), outcome);

        // A turn ends with its decisions: what comes before them is what it saw, and it must decide them again.
        for (var end = 1; end < history.Count - 2; end++)
        {
            if (history[end] is not DecisionEvent || history[end + 1] is DecisionEvent)
                continue;
            var waiting = Replay(name, history[..(end + 1)], end + 1);
            Assert.Null(waiting.Outcome);
            Assert.Empty(waiting.Decisions);
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_history_is_written_as_it_was(string name)
    {
        foreach (var line in await File.ReadAllLinesAsync(PathOf(name)))
            Assert.Equal(line, HistoryJson.Write(HistoryJson.Read(line)));
    }

    private static ReplayResult Replay(string name, List<HistoryEvent> history, int processed) =>
        new OrchestrationReplay("", new JsonDataConverter(Options.Create(new JsonSerializerOptions())), NullLoggerFactory.Instance, Assert.Fail)
            .Run("golden", history, processed, Orchestrators[name]);

    private static async Task RecordAsync()
    {
        await using var app = await new DurableApp(typeof(Functions)).StartAsync();
        var store = app.Services.GetRequiredService<DurableRuntime>().Engine.Store.Reader;
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Errand), new StartOrchestrationOptions("golden"));
        await app.Client.RaiseEventAsync("golden", "raised", "text");
        await app.EndAsync("golden");
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Failing), new StartOrchestrationOptions("failing"));
        await app.EndAsync("failing");
        await WriteAsync(nameof(Functions.Errand), "golden");
        await WriteAsync(nameof(Functions.Child), store.Children("golden").Single());
        await WriteAsync(nameof(Functions.Failing), "failing");

        async Task WriteAsync(string name, string id)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            await File.WriteAllLinesAsync(PathOf(name), store.History(id).Select(WithoutTraces).Select(HistoryJson.Write));
        }
    }

    /// <summary>Traces hold the paths of whoever recorded.</summary>
    private static HistoryEvent WithoutTraces(HistoryEvent happened) => happened switch
    {
        TaskFailed failed => failed with { Failure = WithoutTraces(failed.Failure)! },
        ExecutionCompleted ended => ended with { Failure = WithoutTraces(ended.Failure) },
        _ => happened,
    };

    private static Failure? WithoutTraces(Failure? failure) => failure is null ? null : failure with { Trace = null, Inner = WithoutTraces(failure.Inner) };

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Histories", $"{name}.jsonl");
}
