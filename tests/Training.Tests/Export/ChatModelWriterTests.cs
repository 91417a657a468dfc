using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Tests.Export;

public sealed class ChatModelWriterTests : IDisposable
{
    private static readonly LlamaConfig Config = new() { VocabularySize = 262, HiddenSize = 16, IntermediateSize = 24, Layers = 1, Heads = 2, KeyValueHeads = 1, HeadSize = 8, MaxPositions = 32 };

    private readonly TinyRun _run = new();
    private readonly Llama _model = new(Config, seed: 1);

    [Fact]
    public void A_folder_that_is_there_is_replaced_whole()
    {
        Directory.CreateDirectory(_run.Folder.Chat);
        File.WriteAllText(Path.Combine(_run.Folder.Chat, "old.txt"), "old");

        ChatModelWriter.Write(_run.Folder.Chat, Model());

        Assert.False(File.Exists(Path.Combine(_run.Folder.Chat, "old.txt")));
        ModelManifest.Verify(_run.Folder.Chat, ModelManifest.ChatKind);
        Assert.Equal([_run.Folder.Chat], Beside());
    }

    [Fact]
    public void What_fails_on_the_way_leaves_the_former_folder_as_it_was_and_nothing_beside_it()
    {
        ChatModelWriter.Write(_run.Folder.Chat, Model());
        var before = File.ReadAllText(Path.Combine(_run.Folder.Chat, ModelManifest.FileName));

        Assert.Throws<IOException>(() => ChatModelWriter.Write(_run.Folder.Chat, Model() with { Card = (_, _) => throw new IOException("No space left on device") }));

        Assert.Equal(before, File.ReadAllText(Path.Combine(_run.Folder.Chat, ModelManifest.FileName)));
        ModelManifest.Verify(_run.Folder.Chat, ModelManifest.ChatKind);
        Assert.Equal([_run.Folder.Chat], Beside());
    }

    [Fact]
    public void Half_precision_halves_the_weights()
    {
        ChatModelWriter.Write(_run.Folder.Chat, Model());
        var full = WeightBytes();
        ChatModelWriter.Write(_run.Folder.Chat, Model() with { Format = WeightFormat.Float16 });
        var half = WeightBytes();

        // But for the padding of the header.
        Assert.InRange(full - half, 2 * Config.ParameterCount - 16, 2 * Config.ParameterCount + 16);
    }

    [Fact]
    public void Generation_defaults_are_written_as_hugging_face_names_them()
    {
        ChatModelWriter.Write(_run.Folder.Chat, Model() with { Generation = new GenerationDefaults { Temperature = 0.5, TopP = 0.75, TopK = 9, RepetitionPenalty = 1.25, MaxNewTokens = 1000 } });

        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(_run.Folder.Chat, "generation_config.json")))!;
        Assert.Equal(
            (0.5, 0.75, 9, 1.25, 32, true),
            ((double)written["temperature"]!, (double)written["top_p"]!, (int)written["top_k"]!, (double)written["repetition_penalty"]!, (int)written["max_new_tokens"]!, (bool)written["do_sample"]!));
    }

    [Fact]
    public void A_tokenizer_of_another_vocabulary_is_refused()
    {
        var error = Assert.Throws<StageException>(() => ChatModelWriter.Write(_run.Folder.Chat, Model() with { Config = Config with { VocabularySize = 300 } }));
        Assert.Contains("do not belong together", error.Message, StringComparison.Ordinal);
        Assert.Empty(Beside());
    }

    public void Dispose()
    {
        _model.Dispose();
        _run.Dispose();
    }

    private ChatModel Model() => new()
    {
        Name = "tiny", Config = Config, Weights = LlamaWeights.Of(_model), TokenizerFile = _run.Folder.TokenizerFile, Created = DateTimeOffset.UnixEpoch, Card = (manifest, _) => "# " + manifest.Name,
    };

    private IEnumerable<string> Beside() => Directory.EnumerateDirectories(_run.Folder.Root, "chat*");

    private long WeightBytes() => ModelManifest.Verify(_run.Folder.Chat, ModelManifest.ChatKind).Files["model.safetensors"].Bytes;
}
