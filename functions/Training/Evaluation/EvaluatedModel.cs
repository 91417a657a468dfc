using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;

namespace ChatLoop.Training.Evaluation;

/// <summary>A language model of the run, by the name of the stage that trained it.</summary>
/// <param name="IsChat">Whether it was taught to answer, and is asked in the chat template.</param>
/// <param name="Sha256">Of the checkpoint's tensor file.</param>
internal sealed record EvaluatedModel(string Name, Llama Model, bool IsChat, long Step, string Sha256) : IDisposable
{
    /// <summary>In the order in which they are trained.</summary>
    public static IReadOnlyList<string> All { get; } = ["base", "pretrain", "sft", "ppo", "dpo"];

    /// <summary>Where a model's checkpoint is: of PPO and DPO the best by the judge.</summary>
    public static string FolderOf(string name, RunFolder run) => name switch
    {
        "base" => run.Base,
        "pretrain" => run.Pretrain,
        "sft" => run.Sft,
        "ppo" => Path.Combine(run.Ppo, "best"),
        "dpo" => Path.Combine(run.Dpo, "best"),
        _ => throw new StageException($"eval.models names '{name}': {string.Join(", ", All)} are known."),
    };

    public static bool IsThere(string name, RunFolder run) => new CheckpointFolder(FolderOf(name, run), keep: 1).Steps.Count > 0;

    /// <exception cref="StageException">There is no such model, it is damaged, or it has another tokenizer.</exception>
    public static EvaluatedModel Load(string name, StageContext context, bool passOverDamaged)
    {
        var folder = new CheckpointFolder(FolderOf(name, context.Run), keep: 1);
        var checkpoint = folder.Newest(passOverDamaged, context.Reporter) ?? throw new StageException($"There is no checkpoint in {folder.Folder}: run the stage `{name}` first.");
        if (SafeTensorsFile.Hash(context.Run.TokenizerFile) != checkpoint.TokenizerSha256) throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {folder.Folder} was trained with: run `{name}` again.");
        var model = new Llama(checkpoint.Model, seed: 0, Devices.Open(context.Device));
        SafeTensorsFile.ReadInto(folder.TensorFile(checkpoint.Step), model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        return new EvaluatedModel(name, model, name != "pretrain", checkpoint.Step, checkpoint.TensorsSha256);
    }

    public void Dispose() => Model.Dispose();
}
