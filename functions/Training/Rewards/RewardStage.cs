using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Export;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Tokenization;
using TorchSharp;

namespace ChatLoop.Training.Rewards;

/// <summary>Trains a reward model from ranked answers, normalises it, and reports how well it ranks. `judge` is a second one, which PPO never sees.</summary>
internal sealed class RewardStage(string name, string description) : IStage
{
    public string Name => name;

    public string Description => description;

    // Without a section there is nothing to read, so nothing to hash either.
    public IReadOnlyList<string> Inputs(StageContext context) => !context.Recipe.Has(Name) ? [] :
        [CheckpointFolder.NewestFiles(context.Run.Sft)?.Tensors ?? context.Run.Sft, context.Run.TokenizerFile, .. ComparisonReader.Inputs(Name, context)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!context.Recipe.Has(Name))
        {
            context.Reporter.Line($"{Name}: the recipe has no section '{Name}', so there is nothing to train.");
            return Task.CompletedTask;
        }

        var options = context.Options<RewardOptions>(Name);
        var folder = Path.Combine(context.Run.Root, Name);
        var seed = context.Seed + options.SeedOffset;
        var tuned = new CheckpointFolder(context.Run.Sft, keep: 1);
        var start = tuned.Newest(options.PassOverDamaged, context.Reporter) ?? throw new StageException($"There is no checkpoint in {tuned.Folder}: run the stage `sft` first.");
        if (options.SequenceLength > start.Model.MaxPositions) throw new StageException($"{Name}.sequenceLength ({options.SequenceLength}) is more than the model's maxPositions ({start.Model.MaxPositions}).");
        if (SafeTensorsFile.Hash(context.Run.TokenizerFile) != start.TokenizerSha256) throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {tuned.Folder} was trained with: run `sft` again.");

        using var model = new RewardModel(start.Model, seed, Devices.Open(context.Device)) { TokenizerSha256 = start.TokenizerSha256 };
        SafeTensorsFile.ReadInto(tuned.TensorFile(start.Step), model.Decoder.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        var comparisons = Read(context, options, cancellationToken).ToLookup(c => RewardSplits.Of(c.Comparison, options));
        EncodedComparison[] train = [.. comparisons[RewardSplit.Train]];
        EncodedComparison[] held = [.. comparisons[RewardSplit.HeldOutQuestion]];
        if (train.Length == 0 || held.Length == 0) throw new StageException($"{train.Length} questions to train on and {held.Length} held out: bring more ranked answers (Data/README.md), or change {Name}.valShare.");
        var perStep = options.BatchRows * options.Accumulation;
        var steps = ((long)options.Epochs * train.Length + perStep - 1) / perStep;
        context.Reporter.Line($"{Name}: from step {start.Step:N0} of sft, {train.Length:N0} comparisons, {options.Epochs} epoch(s), {steps:N0} steps of {perStep} questions; {held.Length:N0} comparisons held out by question, {comparisons[RewardSplit.HeldOutLabeler].Count():N0} by labeler");

        var validation = Spread.Over(held, options.ValidationRows);
        using var learner = new RewardLearner(model, train, options, seed);
        new TrainingLoop(learner, options, steps, new CheckpointFolder(folder, options.KeepCheckpoints), context with { Seed = seed })
        {
            Name = Name,
            LossUnit = "nats per question",
            TokenizerSha256 = start.TokenizerSha256,
            Validate = () => new ValidationResult(Loss(model, validation, options), BitsPerByte: null),
            Sample = () => [],
        }.Run(options.PassOverDamaged, cancellationToken);

        if (options.Format == WeightFormat.Float16) HalfPrecision.Round(model.Decoder.parameters());
        Normalize(model, Spread.Over(train, options.ReferenceQuestions));
        model.Save(folder);
        Report(context, folder, model, options, comparisons, train, seed);
        return Task.CompletedTask;
    }

    private void Report(StageContext context, string folder, RewardModel model, RewardOptions options, ILookup<RewardSplit, EncodedComparison> comparisons, EncodedComparison[] train, int seed)
    {
        var shown = new[] { RewardSplit.Train, RewardSplit.HeldOutQuestion, RewardSplit.HeldOutLabeler }
            .SelectMany(split => comparisons[split].GroupBy(c => c.Comparison.Source).SelectMany(g => Spread.Over([.. g], options.ReportComparisons)));
        var outcomes = RewardEvaluation.Outcomes(model, shown, options);
        var agreement = RewardEvaluation.Agreement(comparisons.SelectMany(g => g).Select(c => c.Comparison));
        var report = new RewardReport($"{context.Recipe.Name}: {Name}", seed, train.Length, model.Gain, model.Bias, RewardEvaluation.Rows(outcomes, model.Gain),
            RewardEvaluation.Calibration(outcomes.Where(o => o.Split != RewardSplit.Train)), agreement.Share, agreement.Couples);
        RewardReportWriter.Write(folder, report);
        RewardModelWriter.Write(Path.Combine(folder, "model"), new RewardFolder
        {
            Name = $"{context.Recipe.Name}-{Name}",
            Model = model,
            Format = options.Format,
            TokenizerFile = context.Run.TokenizerFile,
            Seed = seed,
            Created = TimeProvider.System.GetUtcNow(),
            Card = RewardCard.Text(Name, model, options, report, context.Recipe),
            Calibration = Path.Combine(folder, RewardReportWriter.CalibrationFile),
        });
        foreach (var row in report.Rows.Where(r => r.Labeler == "all")) context.Reporter.Line($"  {row.Set}, {row.Split}: accuracy {row.Accuracy:P1} of {row.Pairs:N0} pairs, longer wins {row.LongerWins:P1}{(row.FirstWins is { } first ? $", first wins {first:P1}" : "")}");
        context.Reporter.Line($"Wrote {folder}.");
    }

    private static void Normalize(RewardModel model, EncodedComparison[] reference)
    {
        var rewards = reference.Chunk(8).SelectMany(batch => RewardEvaluation.Raw(model, batch)).Select(r => (double)r).ToArray();
        var mean = rewards.Average();
        model.Normalize(mean, Math.Sqrt(rewards.Average(r => (r - mean) * (r - mean))));
    }

    private static double Loss(RewardModel model, EncodedComparison[] comparisons, RewardOptions options)
    {
        double sum = 0;
        foreach (var batch in comparisons.Chunk(8))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            sum += RewardLearner.Loss(model, batch, options with { Margin = 0, Centring = 0 }).item<float>();
        }

        return sum / comparisons.Length;
    }

    private List<EncodedComparison> Read(StageContext context, RewardOptions options, CancellationToken cancellationToken)
    {
        var tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        var encoded = new List<EncodedComparison>();
        foreach (var (set, comparisons) in ComparisonReader.Read(Name, context))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fitting = comparisons.Select(c => EncodedComparison.Of(c, tokenizer, options.SequenceLength)).OfType<EncodedComparison>().ToArray();
            context.Reporter.Line($"  {set}: {fitting.Length:N0} comparisons{(fitting.Length < comparisons.Count ? $", {comparisons.Count - fitting.Length:N0} do not fit into {options.SequenceLength} tokens and are left out" : "")}");
            encoded.AddRange(fitting);
        }

        return encoded;
    }
}
