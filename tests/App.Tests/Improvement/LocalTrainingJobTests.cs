using System.Diagnostics;
using ChatLoop.App.Improvement;
using ChatLoop.App.Improvement.Training;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Improvement;

/// <summary>With a script for a trainer that notes its start, waits to be told how to end, and says so.</summary>
public sealed class LocalTrainingJobTests : IDisposable
{
    private const string Script = """
        #!/bin/sh
        echo "$1 $2 $4" >> "$5/starts"
        read code < "$5/../tell"
        echo "ends with $code"
        exit $code
        """;

    private readonly TemporaryFolder folder = new();
    private readonly TrainingRun run;

    public LocalTrainingJobTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "a local training takes a POSIX shell");
        var trainer = Path.Combine(folder.Path, "trainer.sh");
        File.WriteAllText(trainer, Script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(trainer, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        run = Files().Run("run");
        Directory.CreateDirectory(run.Folder);
        using var pipe = Process.Start("mkfifo", Path.Combine(run.Folder, "tell"));
        pipe.WaitForExit();
    }

    [SkippableFact]
    public async Task A_training_is_found_again_by_another_host_and_started_only_once()
    {
        Assert.Equal(TrainingState.Running, (await Job().StartAsync(run, CancellationToken.None)).State);

        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Job().StartAsync(run, CancellationToken.None)));
        Assert.All(others, status => Assert.Equal(TrainingState.Running, status.State));
        await TellAsync(0);
        var ended = await UntilEndedAsync();

        Assert.Equal(new TrainingStatus(TrainingState.Succeeded, "ends with 0"), ended);
        Assert.Equal(TrainingState.Succeeded, (await Job().StartAsync(run, CancellationToken.None)).State);
        Assert.Equal(["train --recipe --run"], Starts());
    }

    [SkippableFact]
    public async Task Hosts_that_start_it_at_the_same_time_start_it_once()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Job().StartAsync(run, CancellationToken.None))));

        Assert.All(started, status => Assert.Equal(TrainingState.Running, status.State));
        await TellAsync(0);
        await UntilEndedAsync();
        Assert.Single(Starts());
    }

    [SkippableFact]
    public async Task A_trainer_that_cannot_is_heard()
    {
        await Job().StartAsync(run, CancellationToken.None);
        await TellAsync(1);

        Assert.Equal(new TrainingStatus(TrainingState.Failed, "The trainer ended with 1: ends with 1"), await UntilEndedAsync());
    }

    [SkippableTheory]
    [InlineData(130)]
    [InlineData(137)]
    public async Task A_trainer_that_a_signal_ended_is_started_again(int code)
    {
        await Job().StartAsync(run, CancellationToken.None);
        await TellAsync(code);
        Assert.Equal(TrainingState.Interrupted, (await UntilEndedAsync()).State);

        Assert.Equal(TrainingState.Running, (await Job().StartAsync(run, CancellationToken.None)).State);
        await TellAsync(0);

        Assert.Equal(TrainingState.Succeeded, (await UntilEndedAsync()).State);
        Assert.Equal(2, Starts().Length);
    }

    [SkippableFact]
    public async Task A_training_whose_process_is_gone_without_a_word_is_interrupted()
    {
        await Job().StartAsync(run, CancellationToken.None);

        await Job().CancelAsync(run, CancellationToken.None);

        Assert.Equal(new TrainingStatus(TrainingState.Interrupted, "The trainer's process is gone without having ended."), await UntilEndedAsync());
        await Job().StartAsync(run, CancellationToken.None);
        await TellAsync(0);
        Assert.Equal(TrainingState.Succeeded, (await UntilEndedAsync()).State);
    }

    [SkippableFact]
    public async Task Another_process_with_a_used_id_is_not_taken_for_the_trainer()
    {
        var mark = Path.Combine(run.Folder, "attempt-1.pid");
        await File.WriteAllTextAsync(mark, $"{Environment.ProcessId}\n");
        File.SetLastWriteTimeUtc(mark, DateTime.UnixEpoch);

        Assert.Equal(TrainingState.Interrupted, (await Job().StatusAsync(run, CancellationToken.None)).State);
    }

    [SkippableFact]
    public async Task Without_a_trainer_it_is_said_what_to_do()
    {
        var job = new LocalTrainingJob(new TrainerFiles(Options.Create(new ImprovementOptions { TrainerPath = "none/ChatLoop.Training.dll" })));

        var failure = await Assert.ThrowsAsync<TrainingSetupException>(() => job.StartAsync(run, CancellationToken.None));

        Assert.Contains("dotnet build functions/Training", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private LocalTrainingJob Job() => new(Files());

    private TrainerFiles Files() => new(Options.Create(new ImprovementOptions { TrainerPath = Path.Combine(folder.Path, "trainer.sh"), RunsPath = Path.Combine(folder.Path, "runs") }));

    private string[] Starts() => File.ReadAllLines(Path.Combine(run.WorkFolder, "starts"));

    // Opening a pipe waits for its reader.
    private Task TellAsync(int code) => File.WriteAllTextAsync(Path.Combine(run.Folder, "tell"), $"{code}\n").WaitAsync(TimeSpan.FromSeconds(60));

    private async Task<TrainingStatus> UntilEndedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        TrainingStatus status;
        while ((status = await Job().StatusAsync(run, CancellationToken.None)).State == TrainingState.Running) await Task.Delay(10, patience.Token);
        return status;
    }
}
