using System.Globalization;
using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tokenization;
using TorchSharp;

namespace ChatLoop.Training.Export;

/// <summary>Writes the trained weights as the folder that inference and Hugging Face's libraries load, with its model card.</summary>
internal sealed class ExportStage : IStage
{
    public string Name => "export";

    public string Description => "Writes the chat model's folder with its model card.";

    // The card shows the whole recipe, data.json, the tables of the evaluation and the metrics.
    public IReadOnlyList<string> Inputs(StageContext context) =>
    [
        context.Recipe.File, context.Run.TokenizerFile, EvalFolder.ComparisonFile(context.Run.Eval), Path.Combine(context.Run.Data, DataStage.ReportFile),
        .. Sources(context, context.Options<ExportOptions>(Name).From)
            .SelectMany(s => CheckpointFolder.NewestFiles(Path.Combine(s.Folder, s.Best)) is var (state, tensors) ? new[] { state, tensors, Path.Combine(s.Folder, "metrics.jsonl") } : [s.Folder]),
    ];

    public IReadOnlyList<string> Outputs(RunFolder run) => [run.Chat];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        var options = context.Options<ExportOptions>(Name);
        var stages = Stages(context, options);
        var made = stages[^1];
        if (SafeTensorsFile.Hash(context.Run.TokenizerFile) != made.Checkpoint.TokenizerSha256)
        {
            throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {made.Name} was trained with: run `{made.Name}` again.");
        }

        var mixture = context.Options<SftOptions>("sft").Mixture;
        if (stages.FirstOrDefault(s => s.Name == "sft") is { } sft && mixture.Count > 0 && !mixture.Where(s => s.Value > 0).Select(s => s.Key).ToHashSet().SetEquals(sft.Drawn.Keys))
        {
            throw new StageException("The recipe's sft.mixture is not the one that sft was trained with: put it back, so that the model card tells the truth, or run `sft` again.");
        }

        using var model = new Llama(made.Checkpoint.Model, context.Seed, Devices.Open(context.Device));
        SafeTensorsFile.ReadInto(made.Tensors, model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        if (options.Format.Stored() == WeightFormat.Float16) HalfPrecision.Round(model.parameters());
        context.Reporter.Line($"export: {model.Config.ParameterCount:N0} parameters from step {made.Checkpoint.Step:N0} of {made.Name}, as {options.Format.Name()}");
        var evaluation = EvalFolder.IsOf(context.Run.Eval, made.Name, made.Checkpoint.TensorsSha256) ? EvalFolder.ComparisonFile(context.Run.Eval) : null;
        if (evaluation is null) context.Reporter.Line("  without tables of its evaluation: the stage `eval` has not run on these weights");
        var weights = LlamaWeights.Of(model);
        var report = new ChatReport(
            context.Seed,
            model.Config,
            options,
            stages,
            mixture,
            BaseModel.IsUsed(context) ? BaseModel.Read(context.Run) : null,
            DataReportOf(context.Run),
            Samples(context, model, options, cancellationToken),
            IsEvaluated: evaluation is not null,
            options.Format.IsQuantized() ? FormatLoss.Measure(model.Config, weights, [options.Format], HeldText.Read(null, context.Run.TokenizerFile, model.Config.MaxPositions, int.MaxValue), cancellationToken)[0] : null,
            File.ReadAllText(context.Recipe.File),
            Rebuild(context));
        ChatModelWriter.Write(context.Run.Chat, new ChatModel
        {
            Name = options.Name.Length > 0 ? options.Name : context.Recipe.Name,
            Config = model.Config,
            Weights = weights,
            TokenizerFile = context.Run.TokenizerFile,
            Created = TimeProvider.System.GetUtcNow(),
            Format = options.Format,
            Generation = options.Generation,
            Attachments = Attachments(stages, evaluation),
            Metadata = new Dictionary<string, string>
            {
                ["seed"] = context.Seed.ToString(CultureInfo.InvariantCulture),
                ["stage"] = made.Name,
                ["step"] = made.Checkpoint.Step.ToString(CultureInfo.InvariantCulture),
            },
            Card = (manifest, hash) => ChatCard.Text(report, manifest, hash),
        });
        context.Reporter.Line($"Wrote {context.Run.Chat}.");
        return Task.CompletedTask;
    }

    private static TrainedStage[] Stages(StageContext context, ExportOptions options)
    {
        TrainedStage[] stages = [.. Sources(context, options.From).Select(s => TrainedStage.Read(s.Name, s.Folder, options.PassOverDamaged, context.Reporter, s.Best))];
        foreach (var (before, after) in stages.Zip(stages.Skip(1)))
        {
            if (after.Checkpoint.Model != before.Checkpoint.Model || after.Checkpoint.TokenizerSha256 != before.Checkpoint.TokenizerSha256)
            {
                throw new StageException($"The stage `{after.Name}` was not trained from `{before.Name}` as it is now: the shapes or tokenizers differ. Run `{after.Name}` again.");
            }
        }

        return stages;
    }

    /// <summary>The name, as `eval` has it, of the model that is exported.</summary>
    public static string ModelOf(StageContext context) => Sources(context, context.Options<ExportOptions>("export").From)[^1].Name;

    // The stages whose work is in the exported weights, in order.
    private static (string Name, string Folder, string Best)[] Sources(StageContext context, ExportSource from)
    {
        var isImproved = BaseModel.IsUsed(context);
        (string, string, string) start = isImproved ? ("base", context.Run.Base, "") : ("pretrain", context.Run.Pretrain, "");
        (string, string, string)[] tuned = isImproved && BaseModel.IsTakenOver(context.Run) ? [start] : [start, ("sft", context.Run.Sft, "")];
        return from switch
        {
            ExportSource.Pretrain => [start],
            ExportSource.Sft => tuned,
            ExportSource.Ppo => [.. tuned, ("ppo", context.Run.Ppo, PreferenceLoop.Best)],
            ExportSource.Dpo => [.. tuned, ("dpo", context.Run.Dpo, PreferenceLoop.Best)],
            _ => throw new ArgumentOutOfRangeException(nameof(from), from, null),
        };
    }

    private static Dictionary<string, string> Attachments(TrainedStage[] stages, string? evaluation)
    {
        var files = stages.Where(s => s.Curves is not null).ToDictionary(s => s.Name + ".png", s => s.Curves!);
        if (evaluation is not null) files[ChatCard.EvaluationFile] = evaluation;
        return files;
    }

    private static DataReport DataReportOf(RunFolder run)
    {
        var file = Path.Combine(run.Data, DataStage.ReportFile);
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `data` first.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), DataJson.Indented.DataReport) ?? throw new JsonException("it is empty.");
        }
        catch (JsonException e)
        {
            throw new StageException($"{file} is damaged ({e.Message}): run the stage `data` again.", e);
        }
    }

    private static List<(string Question, string Likeliest, string Drawn)> Samples(StageContext context, Llama model, ExportOptions options, CancellationToken cancellationToken)
    {
        var tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        var vocabulary = VocabularyTable.Read(context.Run.TokenizerFile);
        var topK = options.Generation.TopK > 0 ? options.Generation.TopK : model.Config.VocabularySize;
        var samples = new List<(string, string, string)>();
        foreach (var question in options.SamplePrompts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var prompt = EncodedConversation.Prompt([(ChatRole.User, question)], tokenizer);
            samples.Add((question, Answer(0), Answer(options.Generation.Temperature)));
            context.Reporter.Progress("samples", samples.Count, options.SamplePrompts.Count);

            string Answer(double temperature) => vocabulary.Decode(SampleGenerator.Continue(model, prompt, SpecialTokens.EndId, options.SampleLength, temperature, topK, context.Seed));
        }

        return samples;
    }

    // As a reader of the repository would type it; a recipe from elsewhere goes by its name, and stands whole in the card.
    private static string Rebuild(StageContext context)
    {
        var recipe = Path.GetRelativePath(Environment.CurrentDirectory, context.Recipe.File).Replace('\\', '/');
        if (recipe.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(recipe)) recipe = Path.GetFileName(recipe);
        return $"dotnet run -c Release --project functions/Training -- train --recipe {recipe}{(context.Seed != context.Recipe.Seed ? $" --seed {context.Seed}" : "")}";
    }
}
