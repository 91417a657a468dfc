using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Generation;
using ChatLoop.Inference.Models;
using ChatLoop.Inference.Prompts;
using ChatLoop.Inference.Sampling;
using ChatLoop.Inference.Tokenization;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests;

/// <summary>The committed tiny model in a folder of its own, to be broken at will: as we export it, or as Hugging Face does.</summary>
internal sealed class TinyModel : IDisposable
{
    public static string Exported { get; } = Repository.Path("tests/Inference.Tests/TinyModel/chat");

    private TinyModel()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tiny-model-").FullName;

    /// <summary>Our own layout: a manifest, a shared cache.</summary>
    public static TinyModel Ours()
    {
        var model = new TinyModel();
        foreach (var file in Directory.EnumerateFiles(Exported, "*", SearchOption.AllDirectories)) model.Take(file, Path.GetRelativePath(Exported, file));
        return model;
    }

    /// <summary>The same weights as a Hugging Face ONNX export: no manifest, standard operators, a growing cache.</summary>
    public static TinyModel HuggingFace()
    {
        var model = new TinyModel();
        foreach (var file in (string[])["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"]) model.Take(Path.Combine(Exported, file), file);
        model.Take(Repository.Path("tests/Inference.Tests/TinyModel/plain.onnx"), "onnx/model.onnx");
        model.Edit("config.json", config => config.Remove("chatloop_format"));
        return model;
    }

    public static TinyModel Of(string layout) => layout == nameof(Ours) ? Ours() : HuggingFace();

    /// <summary>Changes a JSON file; our own layout then needs <see cref="Sign"/>.</summary>
    public void Edit(string file, Action<JsonObject> change)
    {
        var path = Path.Combine(Folder, file);
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    /// <summary>Writes the manifest anew, so that what a test changed is not found by its hash.</summary>
    public void Sign(string kind = ModelManifest.ChatKind)
    {
        File.Delete(Path.Combine(Folder, ModelManifest.FileName));
        ModelManifest.Write(Folder, kind, "tiny", DateTimeOffset.UnixEpoch, new Dictionary<string, string> { ["kvCache"] = "shared" });
    }

    public OnnxChatClient Client(Action<InferenceOptions>? configure = null)
    {
        var options = new InferenceOptions { ModelPath = Folder, Threads = 1 };
        configure?.Invoke(options);
        return new OnnxChatClient(options);
    }

    /// <summary>Greedy answer of a folder, token by token, beneath the client: the prompt's ids and the answer's.</summary>
    public static (int[] Prompt, int[] Answer) Greedy(string folder, IReadOnlyList<Turn> turns, int maxTokens)
    {
        var opened = ChatModelFolder.Open(folder);
        var tokenizer = TextTokenizer.Open(opened.TokenizerPath);
        var writer = new PromptWriter(PromptFormats.Recognise(opened), tokenizer, folder);
        using var model = LanguageModel.Open(opened, threads: 1, contextTokens: 0);
        var prompt = writer.Write(turns, model.ContextTokens - maxTokens).Ids;
        // The library takes the folder's penalty in greedy decoding too.
        var sampling = new SamplingSettings { Seed = 0, RepetitionPenalty = opened.Generation.RepetitionPenalty ?? 1 };
        var request = new GenerationRequest(prompt, sampling, maxTokens, new HashSet<int>([writer.EndId, .. opened.Generation.EosTokenIds()]), []);
        using var batch = model.NewBatch(slots: 1, prefixBytes: 0);
        var answer = new AnswerGeneration(tokenizer, model.Vocabulary, request);
        batch.Start(0, prompt);
        batch.Prefill(0, prompt);
        batch.Join(0);
        for (answer.Step(batch.Logits(0)); answer.Stopped is null; answer.Step(batch.Logits(0))) batch.Decode([answer.Tokens[^1]]);
        return (prompt, [.. answer.Tokens]);
    }

    public static ChatOptions GreedyOptions(int? maxTokens = null) => new() { Temperature = 0, MaxOutputTokens = maxTokens };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Take(string file, string relative)
    {
        var target = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}
