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
