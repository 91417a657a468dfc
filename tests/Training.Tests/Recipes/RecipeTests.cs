using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.SupervisedFineTuning;

namespace ChatLoop.Training.Tests.Recipes;

public sealed class RecipeTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Comments_and_trailing_commas_are_read_and_silence_means_the_default()
    {
        var recipe = Load("""{ /* tiny */ "name": "n", "seed": 7, "pretrain": { "batchRows": 3, }, }""");
        Assert.Equal(("n", 7, "cpu"), (recipe.Name, recipe.Seed, recipe.Device));
        Assert.Equal(3, recipe.Section<PretrainOptions>("pretrain").BatchRows);
        Assert.Equal(new SftOptions().TotalTokens, recipe.Section<SftOptions>("sft").TotalTokens);
    }

    [Theory]
    [InlineData("""{ "pretrian": {} }""", "unknown key 'pretrian'")]
    [InlineData("""{ "pretrain": { "batchRow": 3 } }""", "key 'batchRow': no setting has this name")]
    [InlineData("""{ "pretrain": { "schedule": { "peek": 3 } } }""", "peek': no setting has this name")]
    [InlineData("""{ "pretrain": { "batchRows": "many" } }""", "key 'batchRows': the value has the wrong type")]
    [InlineData("""{ "pretrain": { "batchRows": 0 } }""", "BatchRows must be between")]
    [InlineData("""{ "pretrain": { "schedule": { "shape": "sine" } } }""", "shape")]
    [InlineData("""{ "pretrain": { "schedule": { "peak": -1 } } }""", "Peak must be between")]
    [InlineData("""{ "pretrain": { "model": { "layers": 0 } } }""", "Layers must be between")]
    [InlineData("[]", "one JSON object")]
    [InlineData("""{ "seed": "x" }""", "'seed'")]
    [InlineData("""{ "name": """, "no valid JSON")]
    public void A_mistake_is_named_with_its_file(string text, string message)
    {
        var error = Assert.Throws<StageException>(() => Load(text).Section<PretrainOptions>("pretrain"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(_file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_recipe_binds()
    {
        var recipe = Recipe.Load(Path.Combine(AppContext.BaseDirectory, "Recipes", "chatloop.json"), Stages.All.Select(s => s.Name));
        var model = recipe.Section<PretrainOptions>("pretrain").Model.Validated();
        Assert.InRange(model.ParameterCount, 1_000_000, 16_000_000);
        Assert.NotEmpty(recipe.Section<SftOptions>("sft").SamplePrompts);
    }

    public void Dispose() => File.Delete(_file);

    private Recipe Load(string text)
    {
        File.WriteAllText(_file, text);
        return Recipe.Load(_file, ["pretrain", "sft"]);
    }
}
