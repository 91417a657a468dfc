using System.Globalization;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Export;

namespace ChatLoop.Training.Rewards;

/// <summary>Writes a reward model's folder for inference: whole or not at all.</summary>
internal static class RewardModelWriter
{
    public static void Write(string folder, RewardFolder content)
    {
        var (draft, model) = (folder + ".new", content.Model);
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(Path.Combine(draft, "onnx"));
        File.Copy(content.TokenizerFile, Path.Combine(draft, "tokenizer.json"));
        File.Copy(content.Calibration, Path.Combine(draft, RewardReportWriter.CalibrationFile));
        var weights = Weights(model);
        LlamaGraph.SaveReward(Path.Combine(draft, "onnx", "model.onnx"), model.Config, weights, content.Format);
        // For the trainer: to go on from, or to judge by (`reward.base`, `judge.model`).
        File.WriteAllText(Path.Combine(draft, ExportedModel.ConfigFile), HuggingFaceFiles.Config(model.Config, content.Format, "LlamaForSequenceClassification"));
        WeightsFile.Write(Path.Combine(draft, ExportedModel.WeightsFile), weights, content.Format.Stored());
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["maxPositions"] = model.Config.MaxPositions.ToString(CultureInfo.InvariantCulture),
            ["seed"] = content.Seed.ToString(CultureInfo.InvariantCulture),
            ["weights"] = content.Format.Name(),
        };
        ModelManifest.Write(draft, ModelManifest.RewardKind, content.Name, content.Created, metadata);
        File.WriteAllText(Path.Combine(draft, "README.md"), content.Card);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(draft, folder);
    }

    // The normalisation is part of the head: gain · (w · x + b) + bias.
    private static Dictionary<string, Weight> Weights(RewardModel model) => new(LlamaWeights.Of(model.Decoder))
    {
        ["score.weight"] = new Weight([1, model.Config.HiddenSize], [.. Numbers(model.Weight).Select(w => (float)(w * model.Gain))]),
        ["score.bias"] = new Weight([1], [.. Numbers(model.Offset).Select(b => (float)(b * model.Gain + model.Bias))]),
    };

    private static float[] Numbers(TorchSharp.torch.Tensor tensor)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensor.detach().cpu().data<float>().ToArray();
    }
}
