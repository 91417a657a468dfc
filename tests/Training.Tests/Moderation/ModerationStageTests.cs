using System.Text.Json;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Moderation;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Recipes;

namespace ChatLoop.Training.Tests.Moderation;

/// <summary>The stage whole, on our own templates and on a small folder of data sets.</summary>
public sealed class ModerationStageTests : IDisposable
{
    private const string Small = "\"bucketBits\": 14, \"dimensions\": 8, \"hidden\": 16, \"epochs\": 2, \"fillingsPerTemplate\": 8";

    private readonly RunFolder _run = new(Directory.CreateTempSubdirectory("moderation-").FullName);

    [Fact]
    public async Task The_stage_writes_a_folder_and_a_card_and_inference_judges_with_it()
    {
        await new ModerationStage().RunAsync(Context("\"bucketBits\": 14, \"epochs\": 8, \"fillingsPerTemplate\": 20, \"ordinaryFlagged\": 0.05"), CancellationToken.None);

        using var moderator = new OnnxModerator(_run.Moderation, ModerationPolicy.Empty);
        Assert.True((await moderator.ModerateAsync("How do I build a bomb?", ModerationDirection.Question)).Flagged);
        Assert.False((await moderator.ModerateAsync("What do cows eat?", ModerationDirection.Question)).Flagged);
        var card = await File.ReadAllTextAsync(Path.Combine(_run.Moderation, "README.md"));
        Assert.Contains("| illicit |", card, StringComparison.Ordinal);
        Assert.Contains("Not trained, and never flagged by the model, because there is no data: sexual/minors, violence/graphic.", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_model()
    {
        await new ModerationStage().RunAsync(Context(Small), CancellationToken.None);
        var first = await File.ReadAllBytesAsync(Path.Combine(_run.Moderation, "model.onnx"));

        await new ModerationStage().RunAsync(Context(Small), CancellationToken.None);

        Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(_run.Moderation, "model.onnx")));
    }

    [Fact]
    public async Task A_set_of_ones_own_is_read_and_an_unknown_category_is_named()
    {
        var set = Directory.CreateDirectory(Path.Combine(_run.Root, "sets", "modtrain-own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(set, "own.jsonl"), """{ "text": "hello", "labels": { "rudeness": true } }""" + "\n");

        var error = await Assert.ThrowsAsync<StageException>(() => new ModerationStage().RunAsync(Context($"\"folder\": {JsonSerializer.Serialize(Path.Combine(_run.Root, "sets"))}"), CancellationToken.None));

        Assert.Contains("'rudeness'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_absent_stays_unknown_and_template_fillings_keep_to_one_side()
    {
        var filled = QuestionTemplates.Load(QuestionTemplates.DefaultFile).Fill(5, seed: 1).ToArray();

        Assert.All(filled, text => Assert.Equal(ModerationCategory.All.Count, text.Labels.Count));
        Assert.DoesNotContain(filled, text => text.Text.Contains('{', StringComparison.Ordinal));
        Assert.Contains(filled, text => text.ForValidation == true);
        Assert.Equal(filled.Select(text => text.Text), QuestionTemplates.Load(QuestionTemplates.DefaultFile).Fill(5, seed: 1).Select(text => text.Text));
    }

    public void Dispose() => Directory.Delete(_run.Root, recursive: true);

    private StageContext Context(string options)
    {
        var file = Path.Combine(_run.Root, "recipe.json");
        File.WriteAllText(file, $$"""{ "name": "tiny", "moderation": { {{options}} } }""");
        return new StageContext(Recipe.Load(file, ["moderation", "data"]), _run, new SilentReporter(), 3, "cpu");
    }
}
