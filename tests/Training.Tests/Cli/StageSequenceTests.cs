using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Tests.Cli;

public sealed class StageSequenceTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Finished_stages_are_passed_over_and_a_changed_section_runs_again_with_all_after_it()
    {
        using var run = new TinyRun();
        var stages = new StageSequence([new Noted("one", _ran), new Noted("pretrain", _ran), new Noted("sft", _ran)]);
        await stages.RunAsync(run.Context("\"pretrain\": {}"), again: false, CancellationToken.None);
        await stages.RunAsync(run.Context("\"pretrain\": {}"), again: false, CancellationToken.None);
        Assert.Equal(["one", "pretrain", "sft"], _ran);

        _ran.Clear();
        await stages.RunAsync(run.Context("\"pretrain\": { \"batchRows\": 2 }"), again: false, CancellationToken.None);
        Assert.Equal(["pretrain", "sft"], _ran);

        _ran.Clear();
        await stages.RunAsync(run.Context("\"pretrain\": { \"batchRows\": 2 }"), again: true, CancellationToken.None);
        Assert.Equal(["one", "pretrain", "sft"], _ran);
    }

    [Fact]
    public async Task A_stage_that_failed_is_not_noted_as_finished()
    {
        using var run = new TinyRun();
        await Assert.ThrowsAsync<StageException>(() => new StageSequence([new Noted("one", _ran), new Noted("pretrain", _ran, fails: true)]).RunAsync(run.Context("\"sft\": {}"), false, CancellationToken.None));
        await new StageSequence([new Noted("one", _ran), new Noted("pretrain", _ran)]).RunAsync(run.Context("\"sft\": {}"), false, CancellationToken.None);
        Assert.Equal(["one", "pretrain", "pretrain"], _ran);
    }

    [Fact]
    public async Task Start_and_end_of_a_stage_are_lines_that_programs_can_read()
    {
        using var run = new TinyRun();
        var reporter = new SilentReporter();
        var stages = new StageSequence([new Noted("one", _ran), new Noted("two", _ran, fails: true)]);
        await Assert.ThrowsAsync<StageException>(() => stages.RunAsync(run.Context("\"sft\": {}", reporter), again: false, CancellationToken.None));
        Assert.Equal("stage one: started", reporter.Lines[1]);
        Assert.Matches("^stage one: done in [0-9]+ s$", reporter.Lines[2]);
        Assert.Equal("stage two: started", reporter.Lines[^1]);
    }

    [Fact]
    public async Task Another_seed_runs_every_stage_again()
    {
        using var run = new TinyRun();
        var stages = new StageSequence([new Noted("one", _ran)]);
        await stages.RunAsync(run.Context("\"sft\": {}", seed: 1), again: false, CancellationToken.None);
        await stages.RunAsync(run.Context("\"sft\": {}", seed: 2), again: false, CancellationToken.None);
        Assert.Equal(["one", "one"], _ran);
    }

    [Fact]
    public async Task Damaged_notes_are_named()
    {
        using var run = new TinyRun();
        await File.WriteAllTextAsync(Path.Combine(run.Folder.Root, "stages.json"), "{");
        var error = await Assert.ThrowsAsync<StageException>(() => new StageSequence([new Noted("one", _ran)]).RunAsync(run.Context("\"sft\": {}"), false, CancellationToken.None));
        Assert.Contains("stages.json is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_input_and_a_damaged_or_missing_output_run_a_stage_again_by_content()
    {
        using var run = new TinyRun();
        var input = Path.Combine(run.Folder.Root, "text");
        await File.WriteAllTextAsync(input, "one");
        var stages = new StageSequence([new Copying("first", "text", _ran), new Copying("second", "first/made", _ran), new Copying("third", "text", _ran)]);
        await RunAsync("first", "second", "third");
        File.SetLastWriteTimeUtc(input, DateTime.UnixEpoch);
        await RunAsync();

        await File.WriteAllTextAsync(input, "two");
        await RunAsync("first", "second", "third");

        // What comes out is the same again, so what follows need not run.
        await File.WriteAllTextAsync(Path.Combine(run.Folder.Root, "first", "made"), "twö");
        await RunAsync("first");
        Directory.Delete(Path.Combine(run.Folder.Root, "second"), recursive: true);
        await RunAsync("second");

        async Task RunAsync(params string[] expected)
        {
            _ran.Clear();
            await stages.RunAsync(run.Context("\"sft\": {}"), again: false, CancellationToken.None);
            Assert.Equal(expected, _ran);
        }
    }

    [Fact]
    public async Task Checkpoints_of_former_inputs_are_set_aside_not_gone_on_from()
    {
        using var run = new TinyRun();
        var input = Path.Combine(run.Folder.Root, "text");
        await File.WriteAllTextAsync(input, "one");
        var stages = new StageSequence([new Copying("first", "text", _ran)]);
        await stages.RunAsync(run.Context("\"sft\": {}"), again: false, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(run.Folder.Root, "first", "step-000010.json"), "{}");
        await stages.RunAsync(run.Context("\"sft\": {}"), again: false, CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(run.Folder.Root, "first", "step-000010.json")));

        await File.WriteAllTextAsync(input, "two");
        await stages.RunAsync(run.Context("\"sft\": {}"), again: false, CancellationToken.None);
        Assert.False(File.Exists(Path.Combine(run.Folder.Root, "first", "step-000010.json")));
        Assert.True(File.Exists(Path.Combine(run.Folder.Root, "first.before-1", "step-000010.json")));
    }

    private sealed class Copying(string name, string input, List<string> ran) : IStage
    {
        public string Name => name;

        public string Description => "Copies its input.";

        public IReadOnlyList<string> Inputs(StageContext context) => [Path.Combine(context.Run.Root, input)];

        public async Task RunAsync(StageContext context, CancellationToken cancellationToken)
        {
            ran.Add(name);
            var folder = Directory.CreateDirectory(Path.Combine(context.Run.Root, name));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "made"), await File.ReadAllTextAsync(Inputs(context)[0], cancellationToken), cancellationToken);
        }
    }

    private sealed class Noted(string name, List<string> ran, bool fails = false) : IStage
    {
        public string Name => name;

        public string Description => "Notes that it ran.";

        public Task RunAsync(StageContext context, CancellationToken cancellationToken)
        {
            ran.Add(name);
            return fails ? throw new StageException("broken") : Task.CompletedTask;
        }
    }
}
