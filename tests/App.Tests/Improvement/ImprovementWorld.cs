using ChatLoop.App.Improvement;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Tests.Datasets;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Tests.Models;
using ChatLoop.App.Users;
using ChatLoop.Core.Improvement;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Improvement;

/// <summary>All steps of a run on real storage, with a trainer that is done as soon as it is started.</summary>
internal sealed class ImprovementWorld : IDisposable, ITrainingJob
{
    private readonly ModelFolders models;
    private readonly IOptions<ImprovementOptions> options;
    private readonly TrainerFiles files;

    public ImprovementWorld(Account account)
    {
        models = new ModelFolders(account);
        Datasets = new DatasetWorld(account);
        Reports = new ImprovementReports(account.Container);
        File.WriteAllText(Path.Combine(models.Root, "improve.json"), """{ "name": "improve", "data": { "valShare": 0.1 }, "judge": { "model": "models/reward" }, "eval": {}, "export": {} }""");
        options = Options.Create(new ImprovementOptions { RecipePath = Path.Combine(models.Root, "improve.json"), RunsPath = Path.Combine(models.Root, "runs") });
        files = new TrainerFiles(options);
        Runs = new ImprovementRuns(account.Tables, TimeProvider.System);
        Starts = new ImprovementStarts(Runs, options, Clock, NullLogger<ImprovementStarts>.Instance);
    }

    public ModelFolders Models => models;

    public DatasetWorld Datasets { get; }

    public ImprovementRuns Runs { get; }

    public ImprovementStarts Starts { get; }

    public DurableClient Client { get; } = new();

    public Clock Clock { get; } = new();

    public ImprovementResult Result { get; set; } = GatesTests.Good;

    public string Graph { get; set; } = "better";

    public string? Recipe { get; private set; }

    public ImprovementReports Reports { get; }

    public ReadImprovements Read => new(Runs, Starts, Reports);

    public ApproveImprovement Approve => new(Runs, User, TimeProvider.System, NullLogger<ApproveImprovement>.Instance);

    public StartImprovement Start => new(Starts, this, files, User);

    private static CurrentUser User { get; } = new(Options.Create(new UserOptions()));

    /// <summary>Runs the orchestration that the client was asked for; where it asks a person, they say this.</summary>
    public async Task<ImprovementRun> CarryOutAsync(string? decision)
    {
        var input = Assert.IsType<ImprovementInput>(Client.Started.Last());
        var context = Context(input);
        var run = ImproveModel.RunAsync(context);
        while (!run.IsCompleted)
        {
            if (decision is not null && context.Actions[^1] == $"wait {nameof(Approval)}")
            {
                var (status, _) = await Loop.ExecuteAsync(Approve.RunAsync(Loop.Request("adam", $$"""{ "decision": "{{decision}}", "comment": "looked at it" }"""), input.RunId, Client, CancellationToken.None));
                Assert.Equal(202, status);
                context.Raise(nameof(Approval), Client.Raised[^1].Payload!);
                decision = null;
            }
            else
            {
                context.FireTimer();
            }
        }

        await run;
        return await Runs.ReadAsync(input.RunId, CancellationToken.None);
    }

    public void CheckSetup()
    {
    }

    public Task<TrainingStatus> StartAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        Recipe = File.ReadAllText(run.RecipeFile);
        Directory.CreateDirectory(run.WorkFolder);
        var made = models.Create(Graph);
        Directory.CreateDirectory(Path.Combine(run.WorkFolder, "chat", "onnx"));
        foreach (var file in (string[])["manifest.json", "onnx/model.onnx"]) File.Copy(Path.Combine(made, file), Path.Combine(run.WorkFolder, "chat", file), overwrite: true);
        File.WriteAllText(Path.Combine(run.WorkFolder, "report.html"), "<p>better</p>");
        Result.Save(run.WorkFolder);
        return Task.FromResult(new TrainingStatus(TrainingState.Running, "step 1"));
    }

    public Task<TrainingStatus> StatusAsync(TrainingRun run, CancellationToken cancellationToken) => Task.FromResult(new TrainingStatus(TrainingState.Succeeded, "done"));

    public Task CancelAsync(TrainingRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task FetchAsync(TrainingRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => models.Dispose();

    // One after the other, as on a host: whenever the orchestration is not ended, it waits for a person or a timer.
    private static object? Finish<T>(Func<Task<T>> activity) => Task.Run(activity).GetAwaiter().GetResult();

    private OrchestrationContext Context(ImprovementInput input)
    {
        var token = CancellationToken.None;
        var around = new RunActivities(
            this, files, Runs, Datasets.Builder, models.Current, Reports, Options.Create(new GateOptions()), TimeProvider.System, NullLogger<RunActivities>.Instance);
        var training = new TrainingActivities(this, files, Runs, Datasets.Store, models.Cache, options, TimeProvider.System);
        var publishing = new PublishingActivities(this, files, Runs, models.Store, models.Current, models.Sync, models.Client, TimeProvider.System);
        return new OrchestrationContext(input)
            .On<string>(RunActivities.BuildData, runId => Finish(() => around.BuildDataAsync(runId, token)))
            .On<string>(TrainingActivities.Start, runId => Finish(() => training.StartAsync(runId, token)))
            .On<string>(TrainingActivities.Check, runId => Finish(() => training.CheckAsync(runId, token)))
            .On<string>(RunActivities.Judge, runId => Finish(() => around.JudgeAsync(runId, token)))
            .On<ApprovalStep>(RunActivities.Decide, step => Finish(() => around.DecideAsync(step, token)))
            .On<string>(PublishingActivities.Publish, runId => Finish(() => publishing.PublishAsync(runId, token)))
            .On<string>(PublishingActivities.MakeCurrent, runId => Finish(() => publishing.MakeCurrentAsync(runId, token)))
            .On<string>(PublishingActivities.Look, runId => Finish(() => publishing.LookAsync(runId, token)))
            .On<string>(PublishingActivities.TakeBack, runId => Finish(() => publishing.TakeBackAsync(runId, token)))
            .On<RunEnd>(RunActivities.End, end => Finish(() => around.EndAsync(end, token)));
    }
}
