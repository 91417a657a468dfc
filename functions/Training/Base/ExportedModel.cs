using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Base;

/// <summary>An exported model's folder, checked, whose weights can be trained on: `config.json`, `tokenizer.json`, `model.safetensors`.</summary>
internal sealed record ExportedModel(string Folder, string Name, LlamaConfig Config)
{
    public const string ConfigFile = "config.json";

    public const string WeightsFile = "model.safetensors";

    public const string TokenizerFile = "tokenizer.json";

    private static readonly string[] Files = [ConfigFile, TokenizerFile, WeightsFile];

    public string Weights => Path.Combine(Folder, WeightsFile);

    public string Tokenizer => Path.Combine(Folder, TokenizerFile);

    public string ManifestSha256 => SafeTensorsFile.Hash(Path.Combine(Folder, ModelManifest.FileName));

    /// <summary>The files whose contents decide what the folder holds.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) => [.. Files.Append(ModelManifest.FileName).Select(f => Path.Combine(folder, f))];

    /// <exception cref="ModelFolderException">The folder is missing, damaged, or of another kind.</exception>
    /// <exception cref="StageException">It holds no weights to train on, another shape than this trainer's, or a tokenizer that does not fit.</exception>
    public static ExportedModel Open(string folder, string kind)
    {
        var manifest = ModelManifest.Verify(folder, kind);
        if (Files.FirstOrDefault(f => !manifest.Files.ContainsKey(f)) is { } missing)
        {
            throw new StageException($"{Path.GetFullPath(folder)} has no {missing} in its manifest, so there is nothing to train on: export the model with this trainer, or give the run's own folder of it.");
        }

        var config = ReadConfig(Path.Combine(folder, ConfigFile));
        HuggingFaceFiles.CheckTokenizer(Path.Combine(folder, TokenizerFile), config.VocabularySize);
        return new ExportedModel(folder, manifest.Name, config);
    }

    /// <summary>What <see cref="HuggingFaceFiles.Config"/> wrote.</summary>
    private static LlamaConfig ReadConfig(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            if (root.GetProperty("model_type").GetString() != "llama" || !root.GetProperty("tie_word_embeddings").GetBoolean()) throw new StageException($"{file} is of no Llama model with tied embeddings, which is all that this trainer can go on with.");
            return new LlamaConfig
            {
                VocabularySize = root.GetProperty("vocab_size").GetInt32(),
                HiddenSize = root.GetProperty("hidden_size").GetInt32(),
                IntermediateSize = root.GetProperty("intermediate_size").GetInt32(),
                Layers = root.GetProperty("num_hidden_layers").GetInt32(),
                Heads = root.GetProperty("num_attention_heads").GetInt32(),
                KeyValueHeads = root.GetProperty("num_key_value_heads").GetInt32(),
                HeadSize = root.GetProperty("head_dim").GetInt32(),
                MaxPositions = root.GetProperty("max_position_embeddings").GetInt32(),
                RmsNormEps = root.GetProperty("rms_norm_eps").GetDouble(),
                RopeTheta = root.GetProperty("rope_theta").GetDouble(),
            }.Validated();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ValidationException)
        {
            throw new StageException($"{file} is no configuration that this trainer writes: {e.Message}", e);
        }
    }
}
