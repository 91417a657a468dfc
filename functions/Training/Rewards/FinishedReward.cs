using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>Reads a finished reward model: an exported folder with its weights, or a run's folder `reward` or `judge`.</summary>
internal static class FinishedReward
{
    /// <summary>The files whose contents decide what the folder holds.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) => File.Exists(RewardFile.TensorFile(folder)) ? RewardFile.FilesOf(folder) : ExportedModel.FilesOf(folder);

    /// <exception cref="ModelFolderException">The folder is missing, damaged or of another kind.</exception>
    /// <exception cref="StageException">Its weights cannot be read, or it reads other tokens than the run's.</exception>
    public static RewardModel Load(string folder, string tokenizerSha256, Device device)
    {
        var model = File.Exists(RewardFile.TensorFile(folder)) ? RewardModel.Load(folder, device) : LoadExported(folder, device);
        if (model.TokenizerSha256 == tokenizerSha256) return model;
        model.Dispose();
        throw new StageException($"The reward model in {folder} reads another tokenizer's ids than this run's model writes: give one that was trained from the same family, or leave it out.");
    }

    // The normalisation is in the head of an exported model already.
    private static RewardModel LoadExported(string folder, Device device)
    {
        var exported = ExportedModel.Open(folder, ModelManifest.RewardKind);
        var model = new RewardModel(exported.Config, seed: 0, device) { TokenizerSha256 = SafeTensorsFile.Hash(exported.Tokenizer) };
        SafeTensorsFile.ReadInto(exported.Weights, model.Parameters);
        return model;
    }
}
