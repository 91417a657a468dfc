using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.Rewards;
using TorchSharp;

namespace ChatLoop.Training.Tests.Evaluation;

/// <summary>A run of untrained models over bytes, with a judge and a folder of tiny tests.</summary>
internal sealed class TinyEval : IDisposable
{
    private static readonly LlamaConfig Config = new() { VocabularySize = 262, HiddenSize = 32, IntermediateSize = 48, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8, MaxPositions = 128 };

    private readonly DirectoryInfo _sets = Directory.CreateTempSubdirectory("chatloop-sets-");

    public TinyEval()
    {
        Run.WriteYesConversations();
        Write("pretrain", Run.Folder.Pretrain, seed: 1);
        Write("sft", Run.Folder.Sft, seed: 2);
        using var judge = new RewardModel(Config, seed: 3) { TokenizerSha256 = SafeTensorsFile.Hash(Run.Folder.TokenizerFile) };
        judge.Save(Path.Combine(Run.Folder.Root, "judge"));
    }

    public TinyRun Run { get; } = new();

    public SilentReporter Reporter { get; } = new();

    /// <summary>Writes a file of a data set.</summary>
    public TinyEval With(string set, string file, params object[] records)
    {
        Directory.CreateDirectory(Path.Combine(_sets.FullName, set));
        var lines = string.Join('\n', records.Select(r => JsonSerializer.Serialize(r)));
        using Stream stream = File.Create(Path.Combine(_sets.FullName, set, file));
        using var writer = new StreamWriter(file.EndsWith(".gz", StringComparison.Ordinal) ? new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionLevel.Fastest) : stream);
        writer.Write(lines + "\n");
        return this;
    }

    public void Write(string name, string folder, int seed)
    {
        using var model = new Llama(Config, seed);
        var checkpoint = new Checkpoint
        {
            Step = 7, Tokens = 1, TotalSteps = 7, Seed = 1, Model = Config, TokenizerSha256 = SafeTensorsFile.Hash(Run.Folder.TokenizerFile), TensorsSha256 = "", Cursor = new JsonObject { ["of"] = name },
        };
        new CheckpointFolder(folder, keep: 1).Write(checkpoint, [.. model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter))]);
    }

    /// <param name="eval">The section's settings.</param>
    /// <param name="more">Other sections.</param>
    public StageContext Context(string eval, string more = "")
    {
        var file = Path.Combine(Run.Folder.Root, "recipe.json");
        File.WriteAllText(file, $$"""{ "name": "tiny", "data": { "folder": {{JsonSerializer.Serialize(_sets.FullName)}} }, "eval": { "answerLength": 8, "textLength": 16 {{eval}} } {{more}} }""");
        return new StageContext(Recipe.Load(file, Stages.All.Select(s => s.Name)), Run.Folder, Reporter, 3, "cpu");
    }

    public EvalSetting Setting(string eval = "", string more = "")
    {
        var context = Context(eval, more);
        return EvalSetting.Of(context, context.Options<EvalOptions>("eval"));
    }

    public async Task<IReadOnlyList<ModelReport>> EvaluateAsync(string eval = "", string more = "")
    {
        await new EvalStage().RunAsync(Context(eval, more), CancellationToken.None);
        return EvalFolder.Read(Run.Folder.Eval);
    }

    public void Dispose()
    {
        Run.Dispose();
        _sets.Delete(recursive: true);
    }
}
