using ChatLoop.Core.Moderation;
using ChatLoop.Training.Base;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using TorchSharp;

namespace ChatLoop.Training.Moderation;

/// <summary>Trains the moderation classifier from labelled texts, chooses its thresholds, tests it, and exports it with its card.</summary>
internal sealed class ModerationStage : IStage
{
    // Fewer known positives than this train nothing that could be measured.
    private const int FewestPositives = 20;

    public string Name => "moderation";

    public string Description => "Trains and exports the moderation classifier.";

    public IReadOnlyList<string> Inputs(StageContext context) => IsLeftOut(context) ? [] : Folder(context) is { Length: > 0 } folder ? [QuestionTemplates.DefaultFile, folder] : [QuestionTemplates.DefaultFile];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (IsLeftOut(context))
        {
            context.Reporter.Line("moderation: the run improves a base model and the recipe has no section 'moderation', so none is trained.");
            return Task.CompletedTask;
        }

        // The model is tiny: one thread is as fast as many, and the same sums come out on every machine.
        var threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            Train(context, cancellationToken);
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        return Task.CompletedTask;
    }

    private bool IsLeftOut(StageContext context) => BaseModel.IsUsed(context) && !context.Recipe.Has(Name);

    private void Train(StageContext context, CancellationToken cancellationToken)
    {
        var options = context.Options<ModerationOptions>(Name);
        var sets = Sets(context, cancellationToken);
        var corpus = ModerationCorpus.Read(sets, options, context.Seed, context.Reporter, cancellationToken);
        var categories = ModerationCategory.All.Where(category => Positives(corpus.Train, category) >= FewestPositives && Positives(corpus.Val, category) > 0).ToArray();
        if (categories.Length == 0) throw new StageException("No category has enough texts to train on: bring labelled texts, or raise moderation.fillingsPerTemplate.");
        var settings = new FeaturizerSettings(options.BucketBits);
        var featurizer = new NgramFeaturizer(settings);
        var (train, val) = (Encode(corpus.Train, featurizer, categories), Encode(corpus.Val, featurizer, categories));
        context.Reporter.Line($"moderation: {train.Length:N0} texts to train on, {val.Length:N0} to validate on, {categories.Length} categories, 2^{options.BucketBits} × {options.Dimensions} table, {options.Epochs} epochs");

        using var model = new ModerationClassifier(1 << options.BucketBits, options.Dimensions, options.Hidden, categories.Length, context.Seed);
        var training = new ClassifierTraining(model, options, categories, context.Seed, context.Reporter);
        training.Run(train, val, cancellationToken);

        var evaluation = new ModerationEvaluation(training, featurizer, categories);
        var results = evaluation.ChooseThresholds(val, options);
        var report = evaluation.Report(context, options, corpus, sets, val, results);
        foreach (var result in results) context.Reporter.Line($"  {result.Category,-24} AUPRC {result.AveragePrecision:F3}, precision {result.Precision:F3}, recall {result.Recall:F3} at {result.Threshold:F4} ({result.Rule})");
        context.Reporter.Line($"  ordinary texts flagged: {report.OrdinaryFlagged.Flagged:N0} of {report.OrdinaryFlagged.Of:N0}; held-out harmful requests flagged: {report.HarmfulFlagged.Flagged:N0} of {report.HarmfulFlagged.Of:N0}");
        var thresholds = results.ToDictionary(result => result.Category, result => result.Threshold);
        ModerationModelWriter.Write(context.Run.Moderation, new ModerationSettings(settings, categories, thresholds), model.Weights(), report);
        context.Reporter.Line($"Wrote {context.Run.Moderation}.");
    }

    private static string Folder(StageContext context) =>
        context.Options<ModerationOptions>("moderation").Folder is { Length: > 0 } own ? own : context.Options<DataOptions>("data").Folder;

    private static IReadOnlyList<DataSet> Sets(StageContext context, CancellationToken cancellationToken)
    {
        var folder = Folder(context);
        if (folder.Length == 0) return [];
        if (!Directory.Exists(folder)) throw new StageException($"The data folder {Path.GetFullPath(folder)} does not exist: set moderation.folder or data.folder in the recipe.");
        DataManifest.Check(folder, (done, total) => context.Reporter.Progress("checking hashes", done, total), cancellationToken);
        return DataSet.Find(folder);
    }

    private static int Positives(IEnumerable<LabeledText> texts, string category) => texts.Count(text => text.Labels.TryGetValue(category, out var label) && label);

    private static EncodedText[] Encode(IEnumerable<LabeledText> texts, NgramFeaturizer featurizer, string[] categories) =>
        [.. texts.Select(text => new EncodedText(text, featurizer.Chunks(text.Text)[0], [.. categories.Select(category => text.Labels.TryGetValue(category, out var label) ? label ? 1f : 0f : -1f)]))
            .Where(text => text.Labels.Any(label => label >= 0))];
}
