using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Inference.Models;

/// <summary>A checked chat model on disk: one of ours (with a manifest), or a Hugging Face ONNX export of the Llama family.</summary>
internal sealed record ChatModelFolder
{
    private static readonly string[] GraphFiles = ["onnx/model.onnx", "model.onnx"];

    public required string Path { get; init; }

    public required string Name { get; init; }

    public required string GraphPath { get; init; }

    public required string TokenizerPath { get; init; }

    public required LlamaSettings Config { get; init; }

    public required GenerationSettings Generation { get; init; }

    /// <summary>`tokenizer_config.json`.</summary>
    public required JsonElement TokenizerConfig { get; init; }

    /// <summary>The chat template, Jinja.</summary>
    public required string ChatTemplate { get; init; }

    /// <summary>The graph takes one buffer as past and present.</summary>
    public required bool SharesCache { get; init; }

    /// <summary>Reads and checks everything but the graph and the tokenizer, which their own readers check.</summary>
    /// <exception cref="ModelFolderException">A file is missing, damaged or of an unknown kind.</exception>
    public static ChatModelFolder Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(path)) throw new ModelFolderException($"There is no model folder {path}: train and export a model, or set {InferenceOptions.Section}:{nameof(InferenceOptions.ModelPath)}.");
        var manifest = File.Exists(System.IO.Path.Combine(path, ModelManifest.FileName)) ? ModelManifest.Verify(path, ModelManifest.ChatKind) : null;
        var config = Read(path, "config.json", ModelJsonContext.Default.LlamaSettings);
        if (config.ChatloopFormat > 0 && manifest is null) throw new ModelFolderException(path, ModelManifest.FileName, "the file is missing; copy the folder whole or export the model again.");
        if (config.ModelType != "llama") throw new ModelFolderException(path, "config.json", $"model_type '{config.ModelType}' is unknown; only 'llama' is run here.");
        if (config is not { VocabSize: > 0, MaxPositionEmbeddings: > 0, NumHiddenLayers: > 0 })
        {
            throw new ModelFolderException(path, "config.json", "vocab_size, max_position_embeddings or num_hidden_layers is missing.");
        }

        var tokenizerConfig = Read(path, "tokenizer_config.json", ModelJsonContext.Default.JsonElement);
        return new ChatModelFolder
        {
            Path = path,
            Name = manifest?.Name ?? System.IO.Path.GetFileName(path),
            GraphPath = GraphFiles.Select(f => System.IO.Path.Combine(path, f)).FirstOrDefault(File.Exists)
                ?? throw new ModelFolderException(path, GraphFiles[0], "the file is missing (as is model.onnx); export the model to ONNX."),
            TokenizerPath = Existing(path, "tokenizer.json"),
            Config = config,
            Generation = File.Exists(System.IO.Path.Combine(path, "generation_config.json"))
                ? Read(path, "generation_config.json", ModelJsonContext.Default.GenerationSettings)
                : new GenerationSettings(),
            TokenizerConfig = tokenizerConfig,
            ChatTemplate = Template(path, tokenizerConfig),
            SharesCache = manifest?.Metadata.GetValueOrDefault("kvCache") == "shared",
        };
    }

    private static string Template(string folder, JsonElement tokenizerConfig)
    {
        if (tokenizerConfig.ValueKind == JsonValueKind.Object && tokenizerConfig.TryGetProperty("chat_template", out var template) && template.ValueKind == JsonValueKind.String)
        {
            return template.GetString()!;
        }

        var file = System.IO.Path.Combine(folder, "chat_template.jinja");
        return File.Exists(file) ? File.ReadAllText(file) : throw new ModelFolderException(folder, "tokenizer_config.json", "chat_template is missing; only models made for chat are run here.");
    }

    private static string Existing(string folder, string file)
    {
        var path = System.IO.Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new ModelFolderException(folder, file, "the file is missing; copy the folder whole or export the model again.");
    }

    private static T Read<T>(string folder, string file, JsonTypeInfo<T> type)
    {
        var path = Existing(folder, file);
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, type) ?? throw new ModelFolderException(folder, file, "damaged: it holds null.");
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(folder, file, $"damaged: {e.Message}", e);
        }
    }
}
