using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using TorchSharp;

namespace ChatLoop.Training.Base;

/// <summary>Takes over an exported chat model: its weights and tokenizer, as later stages read them.</summary>
internal sealed class BaseStage : IStage
{
    public string Name => "base";

    public string Description => "Takes over the exported model that the run starts from.";

    public IReadOnlyList<string> Inputs(StageContext context) => BaseModel.IsUsed(context) ? ExportedModel.FilesOf(context.Options<BaseOptions>(Name).Model) : [];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!BaseModel.IsUsed(context))
        {
            context.Reporter.Line("base: the recipe has no section 'base', so the model is made from text.");
            return Task.CompletedTask;
        }

        var folder = context.Options<BaseOptions>(Name).Model;
        if (folder.Length == 0) throw new StageException($"Recipe {context.Recipe.File}: base.model is empty: name the folder of an exported chat model, such as models/chat.");
        var exported = ExportedModel.Open(folder, ModelManifest.ChatKind);
        using var model = new Llama(exported.Config, context.Seed);
        SafeTensorsFile.ReadInto(exported.Weights, model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));

        Directory.CreateDirectory(context.Run.Base);
        File.Copy(exported.Tokenizer, BaseModel.TokenizerFile(context.Run), overwrite: true);
        new BaseModel(exported.Name, exported.ManifestSha256).Write(context.Run, context.Seed, model, SafeTensorsFile.Hash(exported.Tokenizer));
        context.Reporter.Line($"base: {exported.Name}, {model.Config.ParameterCount:N0} parameters, manifest {exported.ManifestSha256}");
        return Task.CompletedTask;
    }
}
