using System.Globalization;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Checkpoints;

namespace ChatLoop.Training.Export;

/// <summary>Writes a chat model's folder: whole or not at all.</summary>
internal static class ChatModelWriter
{
    public static void Write(string folder, ChatModel model)
    {
        HuggingFaceFiles.CheckTokenizer(model.TokenizerFile, model.Config.VocabularySize);
        WholeFolder.Write(folder, draft => Fill(draft, model));
    }

    private static void Fill(string folder, ChatModel model)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "config.json"), HuggingFaceFiles.Config(model));
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), HuggingFaceFiles.GenerationConfig(model));
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), HuggingFaceFiles.TokenizerConfig(model));
        File.Copy(model.TokenizerFile, Path.Combine(folder, "tokenizer.json"));
        WeightsFile.Write(Path.Combine(folder, "model.safetensors"), model.Weights, model.Format.Stored());
        LlamaGraph.Save(Path.Combine(folder, "onnx", "model.onnx"), model.Config, model.Weights, model.Format);
        foreach (var (name, file) in model.Attachments) File.Copy(file, Path.Combine(folder, name));

        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in model.Metadata) metadata[key] = value;
        metadata["kvCache"] = "shared";
        metadata["parameters"] = model.Config.ParameterCount.ToString(CultureInfo.InvariantCulture);
        metadata["weights"] = model.Format.Name();
        var manifest = ModelManifest.Write(folder, ModelManifest.ChatKind, model.Name, model.Created, metadata);
        if (model.Card is not null) File.WriteAllText(Path.Combine(folder, "README.md"), model.Card(manifest, SafeTensorsFile.Hash(Path.Combine(folder, ModelManifest.FileName))));
    }
}
