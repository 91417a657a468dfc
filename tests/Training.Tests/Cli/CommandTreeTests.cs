using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Tests.Cli;

public sealed class CommandTreeTests
{
    [Theory]
    [InlineData("fine", 0)]
    [InlineData("broken", 1)]
    [InlineData("train", 1)] // runs both
    [InlineData("no-such-stage", 1)]
    public async Task The_exit_code_tells_whether_the_stage_ran(string command, int code)
    {
        using var run = new TinyRun();
        var recipe = Path.Combine(run.Folder.Root, "recipe.json");
        File.WriteAllText(recipe, "{}");
        Assert.Equal(code, await CommandTree.RunAsync([command, "--recipe", recipe, "--run", run.Folder.Root], [new Stage("fine", false), new Stage("broken", true)]));
    }

    [Fact]
    public async Task A_missing_recipe_is_an_error() => Assert.Equal(1, await CommandTree.RunAsync(["fine", "--recipe", "/nowhere.json"], [new Stage("fine", false)]));

    private sealed class Stage(string name, bool fails) : IStage
    {
        public string Name => name;

        public string Description => "Does what the test says.";

        public Task RunAsync(StageContext context, CancellationToken cancellationToken) => fails ? throw new StageException("broken on purpose") : Task.CompletedTask;
    }
}
