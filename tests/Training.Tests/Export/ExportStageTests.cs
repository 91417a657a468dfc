using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using Microsoft.Extensions.AI;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Export;

public sealed class ExportStageTests(TrainedTinyRun trained) : IClassFixture<TrainedTinyRun>
{
    private readonly TinyRun _run = trained.Run;

    private string Chat => _run.Folder.Chat;

    [Fact]
    public async Task The_folder_computes_what_the_checkpoint_computes()
    {
        await ExportAsync("\"format\": \"float32\"");

        using var trainer = new Llama(Last(_run.Folder.Sft).Model, seed: 0);
        SafeTensorsFile.ReadInto(TensorFile(_run.Folder.Sft), Parameters(trainer));
        using var fromFolder = new Llama(trainer.Config, seed: 0);
        SafeTensorsFile.ReadInto(Path.Combine(Chat, "model.safetensors"), Parameters(fromFolder));
        using var onnx = new OnnxLlama(Path.Combine(Chat, "onnx", "model.onnx"), trainer.Config);
        long[] ids = [1, .. Enumerable.Range(0, 31).Select(i => 6L + i * 5 % 250)];
        onnx.Start(1);
        var logits = onnx.Step(ids, [.. ids.Select(_ => 1L)], [.. Enumerable.Range(0, ids.Length).Select(i => (long)i)]);

        var expected = Logits(trainer, ids);
        Assert.Equal(expected, Logits(fromFolder, ids));
        Assert.Equal(expected.Length, logits.Length);
        Assert.True(expected.Zip(logits, (e, l) => Math.Abs(e - l)).Max() < 1e-4);
    }

    [Theory]
    [InlineData("float16")]
    [InlineData("float32")]
    public async Task Inference_gives_the_likeliest_answers_of_the_card(string format)
    {
        await ExportAsync($"\"format\": \"{format}\", \"name\": \"tiny-chat\", \"samplePrompts\": [\"ab\", \"never seen before\"], \"sampleLength\": 8");

        Assert.Equal("tiny-chat", ModelManifest.Verify(Chat, ModelManifest.ChatKind).Name);
        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = Chat, Threads = 1 });
        var card = await File.ReadAllTextAsync(Path.Combine(Chat, "README.md"));
        foreach (var question in (string[])["ab", "never seen before"])
        {
            var answer = await client.GetResponseAsync(question, new ChatOptions { Temperature = 0, MaxOutputTokens = 8 });
            Assert.Contains($"| {question} | {answer.Text} | ", card, StringComparison.Ordinal);
        }

        Assert.Contains("| ab | yes | ", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_integers_answers_and_its_card_says_what_they_cost()
    {
        await ExportAsync("\"format\": \"int8\", \"samplePrompts\": [\"ab\"], \"sampleLength\": 8");

        Assert.Equal("int8", ModelManifest.Verify(Chat, ModelManifest.ChatKind).Metadata["weights"]);
        Assert.Contains("| int8 | ", await File.ReadAllTextAsync(Path.Combine(Chat, "README.md")), StringComparison.Ordinal);
        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = Chat, Threads = 1 });
        Assert.Equal("yes", (await client.GetResponseAsync("ab", new ChatOptions { Temperature = 0, MaxOutputTokens = 8 })).Text);
    }

    [Fact]
    public async Task The_folder_holds_the_tables_of_its_evaluation_where_they_are_of_these_weights()
    {
        Evaluate(Last(_run.Folder.Sft).TensorsSha256);
        await ExportAsync("\"sampleLength\": 4");
        Assert.Contains("| all | accuracy | 10 |", await File.ReadAllTextAsync(Path.Combine(Chat, "evaluation.md")), StringComparison.Ordinal);
        Assert.Contains("(evaluation.md)", await File.ReadAllTextAsync(Path.Combine(Chat, "README.md")), StringComparison.Ordinal);

        Evaluate("of other weights");
        await ExportAsync("\"sampleLength\": 4");
        Assert.False(File.Exists(Path.Combine(Chat, "evaluation.md")));
        Assert.Contains("measured on no benchmark", await File.ReadAllTextAsync(Path.Combine(Chat, "README.md")), StringComparison.Ordinal);

        void Evaluate(string sha256) => EvalFolder.Write(
            _run.Folder.Eval, [new ModelReport("tiny", "sft", sha256, 100, 1, DateTimeOffset.UnixEpoch, new Dictionary<string, double>(), [], [Figure.Share("blimp", "all", "accuracy", 7, 10)])]);
    }

    [Fact]
    public async Task The_card_tells_data_licences_recipe_results_and_hashes()
    {
        await ExportAsync("\"sampleLength\": 4");

        var card = await File.ReadAllTextAsync(Path.Combine(Chat, "README.md"));
        var manifest = ModelManifest.Verify(Chat, ModelManifest.ChatKind);
        Assert.All(manifest.Files, file => Assert.Contains($"| `{file.Key}` | {file.Value.Bytes:N0} | `{file.Value.Sha256}` |", card, StringComparison.Ordinal));
        Assert.Contains(SafeTensorsFile.Hash(Path.Combine(Chat, "manifest.json")), card, StringComparison.Ordinal);
        Assert.Contains("Licence: CC BY 4.0.", card, StringComparison.Ordinal);
        Assert.Contains("`nameless`\n\n> The set states neither source nor licence.", card, StringComparison.Ordinal);
        Assert.Contains(await File.ReadAllTextAsync(Path.Combine(_run.Folder.Root, "recipe.json")), card, StringComparison.Ordinal);
        Assert.Contains("| two | 75.0 % |", card, StringComparison.Ordinal);
        Assert.Contains("| test | 100.0 % |", card, StringComparison.Ordinal);
        Assert.Contains($"{Last(_run.Folder.Pretrain).Validation:F4} bits per byte |", card, StringComparison.Ordinal);
        Assert.Contains($"{Last(_run.Folder.Sft).Validation:F4} nats per answer token |", card, StringComparison.Ordinal);
        Assert.Contains("train --recipe recipe.json --seed 3`", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_covers_every_file_but_itself_and_the_card()
    {
        await ExportAsync("\"samplePrompts\": []");

        var there = Directory.EnumerateFiles(Chat, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Chat, f).Replace('\\', '/'));
        var manifest = ModelManifest.Verify(Chat, ModelManifest.ChatKind);
        Assert.Equal(there.Except(["README.md", "manifest.json"]).Order(StringComparer.Ordinal), manifest.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["config.json", "generation_config.json", "model.safetensors", "onnx/model.onnx", "pretrain.png", "sft.png", "tokenizer.json", "tokenizer_config.json"],
            manifest.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_model_before_fine_tuning_can_be_exported_and_its_card_says_so()
    {
        await ExportAsync("\"from\": \"pretrain\", \"samplePrompts\": []");

        var card = await File.ReadAllTextAsync(Path.Combine(Chat, "README.md"));
        Assert.Contains("was not taught to answer", card, StringComparison.Ordinal);
        Assert.DoesNotContain("fine-tuned on", card, StringComparison.Ordinal);
        Assert.Equal(("pretrain", "40"), (ModelManifest.Verify(Chat, ModelManifest.ChatKind).Metadata["stage"], ModelManifest.Verify(Chat, ModelManifest.ChatKind).Metadata["step"]));
    }

    [Fact]
    public async Task Another_mixture_than_the_one_trained_on_is_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => new ExportStage().RunAsync(_run.Context("\"sft\": { \"mixture\": { \"other\": 1 } }"), CancellationToken.None));
        Assert.Contains("sft.mixture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_fine_tuned_model_it_says_which_stage_to_run()
    {
        using var run = new TinyRun();
        var error = await Assert.ThrowsAsync<StageException>(() => new ExportStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None));
        Assert.Contains("run the stage `pretrain` first", error.Message, StringComparison.Ordinal);
    }

    private Task ExportAsync(string options) => new ExportStage().RunAsync(_run.Context($"{TinyRun.Pretrain()}, {TrainedTinyRun.Sft}, \"export\": {{ {options} }}"), CancellationToken.None);

    private static Checkpoint Last(string folder) => new CheckpointFolder(folder, 2).Newest(passOverDamaged: false)!;

    private static string TensorFile(string folder) => new CheckpointFolder(folder, 2).TensorFile(Last(folder).Step);

    private static IEnumerable<(string, Tensor)> Parameters(Llama model) => model.named_parameters().Select(p => (p.name, (Tensor)p.parameter));

    private static float[] Logits(Llama model, long[] ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return model.forward(tensor(ids, [1, ids.Length])).contiguous().data<float>().ToArray();
    }
}
