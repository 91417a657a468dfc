using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tests.ReinforcementLearning;

namespace ChatLoop.Training.Tests.Cli;

[Collection(TrainingCollection.Name)]
public sealed class CommandTreeTests : IDisposable
{
    private readonly TinyRun _run = new();
    private readonly TextWriter _formerError = Console.Error;
    private readonly StringWriter _error = new();

    public CommandTreeTests() => Console.SetError(_error);

    [Theory]
    [InlineData("fine", 0, "")]
    [InlineData("broken", 1, "broken: mend it like this")]
    [InlineData("full", 1, "full: No space left on device")]
    [InlineData("train", 1, "train: mend it like this")] // runs all
    public async Task The_exit_code_tells_whether_the_stage_ran_and_an_error_is_one_line(string command, int code, string error)
    {
        Assert.Equal(code, await RunAsync(command, "--recipe", Recipe("{}"), "--run", _run.Folder.Root));
        Assert.Equal(error, _error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("no-such-stage")]
    [InlineData("fine")] // needs --recipe
    [InlineData("fine", "--recipe", "/nowhere.json")]
    [InlineData("fine", "--recipe", "/nowhere.json", "--sead", "1")]
    [InlineData("fine", "--recipe", "/nowhere.json", "--seed", "one")]
    public async Task A_bad_command_line_is_one_line_and_exit_code_1(params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
        Assert.NotEmpty(_error.ToString().Trim());
    }

    [Theory]
    [InlineData("""{ "pretrian": {} }""", "unknown key 'pretrian'")]
    [InlineData("""{ "pretrain": { "totalToken": 1 } }""", "key 'totalToken': no setting has this name")]
    [InlineData("""{ "pretrain": { "schedule": { "peak": -1 } } }""", "Peak must be between")]
    [InlineData("""{ "pretrain": { "model": { "heads": 3 } } }""", "heads (3) must be a multiple of keyValueHeads (2)")]
    [InlineData("""{ "device": "tpu" }""", "Unknown device 'tpu'")]
    public async Task A_bad_recipe_is_one_line_and_exit_code_1(string recipe, string message)
    {
        Assert.Equal(1, await CommandTree.RunAsync(["pretrain", "--recipe", Recipe(recipe), "--run", _run.Folder.Root], [new PretrainStage()]));
        Assert.Contains(message, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_run.Folder.Root, "file");
        await File.WriteAllTextAsync(file, "in the way");
        Assert.Equal(1, await RunAsync("fine", "--recipe", Recipe("{}"), "--run", Path.Combine(file, "run")));
        Assert.Contains(file, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Console.SetError(_formerError);
        _run.Dispose();
    }

    private static Task<int> RunAsync(params string[] args) =>
        CommandTree.RunAsync(args, [new Stage("fine", null), new Stage("broken", new StageException("mend it like this")), new Stage("full", new IOException("No space left on device"))]);

    private string Recipe(string text)
    {
        var file = Path.Combine(_run.Folder.Root, "recipe.json");
        File.WriteAllText(file, text);
        return file;
    }

    private sealed class Stage(string name, Exception? failure) : IStage
    {
        public string Name => name;

        public string Description => "Does what the test says.";

        public Task RunAsync(StageContext context, CancellationToken cancellationToken) => failure is null ? Task.CompletedTask : Task.FromException(failure);
    }
}
