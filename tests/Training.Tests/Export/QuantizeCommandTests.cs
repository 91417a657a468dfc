using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Tests.ReinforcementLearning;
using Microsoft.Extensions.AI;

namespace ChatLoop.Training.Tests.Export;

[Collection(TrainingCollection.Name)]
public sealed class QuantizeCommandTests : IDisposable
{
    private static readonly LlamaConfig Config = new() { VocabularySize = 262, HiddenSize = 48, IntermediateSize = 64, Layers = 2, Heads = 2, KeyValueHeads = 1, HeadSize = 8, MaxPositions = 64 };

    private readonly TinyRun _run = new();
    private readonly TextWriter _formerOut = Console.Out;
    private readonly TextWriter _formerError = Console.Error;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public QuantizeCommandTests()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        using var model = new Llama(Config, seed: 1);
        ChatModelWriter.Write(_run.Folder.Chat, new ChatModel
        {
            Name = "tiny", Config = Config, Weights = LlamaWeights.Of(model), TokenizerFile = _run.Folder.TokenizerFile, Created = DateTimeOffset.UnixEpoch, Format = WeightFormat.Float16,
            Generation = new GenerationDefaults { TopK = 7 }, Metadata = new Dictionary<string, string> { ["stage"] = "sft" }, Card = (manifest, _) => "# " + manifest.Name,
        });
    }

    private string Target => Path.Combine(_run.Folder.Root, "small");

    [Theory]
    [InlineData("int8")]
    [InlineData("int8-dynamic")]
    [InlineData("int4-32")]
    [InlineData("int4-128")]
    public async Task The_folder_says_its_format_and_answers_and_keeps_all_else(string format)
    {
        Assert.Equal((0, ""), (await RunAsync("quantize", "--model", _run.Folder.Chat, "--format", format, "--out", Target), _error.ToString()));

        var (source, made) = (ModelManifest.Verify(_run.Folder.Chat, ModelManifest.ChatKind), ModelManifest.Verify(Target, ModelManifest.ChatKind));
        Assert.Equal((format, "sft", "shared", "tiny"), (made.Metadata["weights"], made.Metadata["stage"], made.Metadata["kvCache"], made.Name));
        Assert.Equal(format, (string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Target, "config.json")))!["chatloop_weights"]);
        foreach (var same in (string[])["model.safetensors", "generation_config.json", "tokenizer.json", "tokenizer_config.json"]) Assert.Equal(source.Files[same], made.Files[same]);
        Assert.True(made.Files["onnx/model.onnx"].Bytes < source.Files["onnx/model.onnx"].Bytes);
        Assert.Contains($"| {format} | ", await File.ReadAllTextAsync(Path.Combine(Target, "README.md")), StringComparison.Ordinal);
        Assert.Equal("# tiny", await File.ReadAllTextAsync(Path.Combine(Target, "source.md")));

        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = Target, Threads = 1 });
        var answer = await client.GetResponseAsync("ab", new ChatOptions { Temperature = 0, MaxOutputTokens = 5 });
        Assert.NotNull(answer.FinishReason);
    }

    [Fact]
    public async Task A_text_of_ones_own_is_measured_beside_the_trainers()
    {
        var text = Path.Combine(_run.Folder.Root, "held-out.txt");
        await File.WriteAllTextAsync(text, string.Concat(Enumerable.Repeat("Nobody has read this before. ", 20)));

        Assert.Equal(0, await RunAsync("formats", "--model", _run.Folder.Chat, "--text", text, "--tokens", "300"));

        Assert.Contains("On held-out.txt (", _out.ToString(), StringComparison.Ordinal);
        foreach (var format in WeightFormats.All) Assert.Equal(2, _out.ToString().Split($"| {format.Name()} | ").Length - 1);
    }

    [Fact]
    public async Task The_models_own_folder_is_never_written()
    {
        Assert.Equal(1, await RunAsync("quantize", "--model", _run.Folder.Chat, "--format", "int8", "--out", _run.Folder.Chat));
        Assert.Equal("quantize: --out is the model's own folder: name another.", _error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("int5", "int5 is none of the formats float32, float16, int8, ")]
    [InlineData("int8", "There is no model folder")]
    public async Task What_is_wrong_is_one_line_and_exit_code_1(string format, string message)
    {
        Assert.Equal(1, await RunAsync("quantize", "--model", "/nowhere", "--format", format, "--out", Target));
        Assert.Contains(message, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Console.SetOut(_formerOut);
        Console.SetError(_formerError);
        _run.Dispose();
    }

    private static Task<int> RunAsync(params string[] args) => CommandTree.RunAsync(args, Stages.All);
}
