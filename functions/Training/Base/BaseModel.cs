using System.Text.Json.Nodes;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using TorchSharp;

namespace ChatLoop.Training.Base;

/// <summary>The model that a run started from, as `base/` of the run folder keeps it: a checkpoint of step 0 and its tokenizer.</summary>
/// <param name="Name">The name in its manifest.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest.json.</param>
internal sealed record BaseModel(string Name, string ManifestSha256)
{
    /// <summary>Whether the recipe starts from a finished model.</summary>
    public static bool IsUsed(StageContext context) => context.Recipe.Has("base");

    public static string TokenizerFile(RunFolder run) => Path.Combine(run.Base, "tokenizer.json");

    /// <summary>The folder of the checkpoint that fine-tuning starts from, and the stage that makes it.</summary>
    public static (string Folder, string Stage) StartOfSft(StageContext context) => IsUsed(context) ? (context.Run.Base, "base") : (context.Run.Pretrain, "pretrain");

    /// <summary>Whether the folder `sft` holds the base model as it is.</summary>
    public static bool IsTakenOver(RunFolder run) => new CheckpointFolder(run.Sft, keep: 1).Steps is [0];

    /// <exception cref="StageException">The stage `base` has not run.</exception>
    public static BaseModel Read(RunFolder run)
    {
        var checkpoint = new CheckpointFolder(run.Base, keep: 1).Newest(passOverDamaged: false) ?? throw new StageException($"There is no checkpoint in {run.Base}: run the stage `base` first.");
        return new BaseModel((string)checkpoint.Cursor["name"]!, (string)checkpoint.Cursor["manifestSha256"]!);
    }

    /// <summary>Writes the checkpoint: what later stages read of a model is all there, and no step was done.</summary>
    public void Write(RunFolder run, int seed, Modeling.Llama model, string tokenizerSha256) =>
        new CheckpointFolder(run.Base, keep: 1).Write(
            new Checkpoint
            {
                Step = 0,
                Tokens = 0,
                TotalSteps = 0,
                Seed = seed,
                Model = model.Config,
                TokenizerSha256 = tokenizerSha256,
                TensorsSha256 = "",
                Cursor = new JsonObject { ["rowsDrawn"] = new JsonObject(), ["name"] = Name, ["manifestSha256"] = ManifestSha256 },
            },
            [.. model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter))]);

    /// <summary>Makes the base model the fine-tuned one, as it is.</summary>
    /// <exception cref="StageException">An unfinished fine-tuning is in the way.</exception>
    public static void TakeOver(RunFolder run)
    {
        if (new CheckpointFolder(run.Sft, keep: 1).Steps.Any(step => step > 0)) throw new StageException($"{run.Sft} holds an unfinished fine-tuning, but the recipe takes the base model as it is: put the section `sft` back, or delete the folder.");
        var (state, tensors) = CheckpointFolder.NewestFiles(run.Base) ?? throw new StageException($"There is no checkpoint in {run.Base}: run the stage `base` first.");
        Directory.CreateDirectory(run.Sft);
        // The state last: a checkpoint counts from when it is there.
        foreach (var file in (string[])[tensors, state])
        {
            var copy = Path.Combine(run.Sft, Path.GetFileName(file));
            File.Copy(file, copy + ".new", overwrite: true);
            File.Move(copy + ".new", copy, overwrite: true);
        }
    }
}
