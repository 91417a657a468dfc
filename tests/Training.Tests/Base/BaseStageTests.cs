using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;
using ChatLoop.Training.Tests.Improvement;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests.Base;

public sealed class BaseStageTests : IDisposable
{
    private readonly TinyImprovement _tiny = new TinyImprovement().With(TinyImprovement.Comparisons(4));

    [Theory]
    [InlineData("float32")]
    [InlineData("float16")]
    public async Task What_is_taken_over_and_exported_again_is_the_same_to_the_last_bit(string format)
    {
        _tiny.Export(seed: 4, format == "float32" ? WeightFormat.Float32 : WeightFormat.Float16);
        await new StageSequence([.. Stages.All.Where(s => s.Name is "data" or "base" or "tokenizer" or "sft" or "export")]).RunAsync(
            _tiny.Context(recipe => recipe["export"] = new JsonObject { ["from"] = "sft", ["format"] = format, ["samplePrompts"] = new JsonArray() }), again: false, CancellationToken.None);
        foreach (var file in (string[])["model.safetensors", "tokenizer.json", "config.json", "onnx/model.onnx"])
        {
            Assert.Equal(SafeTensorsFile.Hash(Path.Combine(_tiny.BaseFolder, file)), SafeTensorsFile.Hash(Path.Combine(_tiny.Run.Chat, file)));
        }
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        await File.AppendAllTextAsync(Path.Combine(_tiny.BaseFolder, "model.safetensors"), "?");
        var error = await Assert.ThrowsAsync<ModelFolderException>(() => RunAsync());
        Assert.Contains("model.safetensors: damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_kind_of_model_is_refused()
    {
        ModelManifest.Write(_tiny.BaseFolder, ModelManifest.RewardKind, "reward", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        var error = await Assert.ThrowsAsync<ModelFolderException>(() => RunAsync());
        Assert.Contains("of kind 'reward', where 'chat' is needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tokenizer_that_does_not_fit_is_refused()
    {
        TokenizerFile.Write(Path.Combine(_tiny.BaseFolder, "tokenizer.json"), [([104], [105])]);
        ModelManifest.Write(_tiny.BaseFolder, ModelManifest.ChatKind, "served", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        var error = await Assert.ThrowsAsync<StageException>(() => RunAsync());
        Assert.Contains("263 tokens up to id 262, the model 262: they do not belong together", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_weights_says_what_it_lacks()
    {
        File.Delete(Path.Combine(_tiny.BaseFolder, "model.safetensors"));
        ModelManifest.Write(_tiny.BaseFolder, ModelManifest.ChatKind, "served", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        var error = await Assert.ThrowsAsync<StageException>(() => RunAsync());
        Assert.Contains("has no model.safetensors in its manifest", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "base.model is empty")]
    [InlineData("nowhere", "There is no model folder nowhere")]
    public async Task A_folder_that_is_not_there_is_named(string folder, string message)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(folder));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _tiny.Dispose();

    private Task RunAsync(string? folder = null) => new BaseStage().RunAsync(
        _tiny.Context(recipe =>
        {
            if (folder is not null) recipe["base"]!["model"] = folder;
        }), CancellationToken.None);
}
