using ChatLoop.Training.Base;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Export;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests;

/// <summary>What functions/Training/README.md says of commands, recipes and settings is so.</summary>
public sealed class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void The_table_of_commands_is_the_order_of_the_stages()
    {
        string[] stages = [.. Stages.All.Select(s => s.Name)];
        string[] table = [.. Text.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1])];
        Assert.Equal([.. stages, "train", "compare", "quantize", "formats"], table);
    }

    [Theory]
    [InlineData("smoke.json")]
    [InlineData("chatloop.json")]
    public void Recipes_that_it_names_bind_whole(string file)
    {
        Assert.Contains("Recipes/" + file, Text, StringComparison.Ordinal);
        var recipe = Recipe.Load(Path.Combine(AppContext.BaseDirectory, "Recipes", file), Stages.All.Select(s => s.Name));
        recipe.Section<DataOptions>("data");
        recipe.Section<TokenizerOptions>("tokenizer");
        recipe.Section<PretrainOptions>("pretrain").Model.Validated();
        recipe.Section<SftOptions>("sft");
        recipe.Section<ExportOptions>("export");
        recipe.Section<ModerationOptions>("moderation");
        recipe.Section<RewardOptions>("reward");
        recipe.Section<RewardOptions>("judge");
        recipe.Section<PpoOptions>("ppo");
        recipe.Section<DpoOptions>("dpo");
        recipe.Section<EvalOptions>("eval");
    }

    [Theory]
    [InlineData("improve.json")]
    [InlineData("improve-smoke.json")]
    public void Recipes_that_improve_a_model_bind_and_leave_to_the_app_what_it_sets(string file)
    {
        Assert.Contains("Recipes/" + file, Text, StringComparison.Ordinal);
        var recipe = Recipe.Load(Path.Combine(AppContext.BaseDirectory, "Recipes", file), Stages.All.Select(s => s.Name));
        Assert.Equal(("", ""), (recipe.Section<DataOptions>("data").Folder, recipe.Section<BaseOptions>("base").Model));
        var (reward, data) = (recipe.Section<RewardOptions>("reward"), recipe.Section<DataOptions>("data"));
        // Else a question that is held out here would be taught there.
        Assert.Equal((reward.ValShare, reward.MinHeldOut), (data.ValShare, data.HeldOutQuestions));
        recipe.Section<SftOptions>("sft");
        recipe.Section<RewardOptions>("judge");
        recipe.Section<PpoOptions>("ppo");
        recipe.Section<EvalOptions>("eval");
        Assert.Equal(ExportSource.Ppo, recipe.Section<ExportOptions>("export").From);
    }

    [Fact]
    public void The_documents_that_it_links_to_are_there() => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Data", "README.md")));
}
