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
        [CheckpointFolder.NewestFiles(context.Run.Sft)?.Tensors ?? context.Run.Sft, context.Run.TokenizerFile, .. ComparisonReader.Inputs(Name, context), .. Given(context.Options<RewardOptions>(Name)).SelectMany(FinishedReward.FilesOf)];

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

        using var model = Start(context, options, tuned, start, seed);
        (options, var sets) = ComparisonReader.ReadForSplit(Name, context);
        var all = Encode(sets, context, options, cancellationToken);
        if (options.Model.Length > 0)
        {
            model.Save(folder);
            RewardReports.Write(Name, context, model, options, all, trained: 0, seed);
            context.Reporter.Line($"{Name}: {options.Model} is used as it is. Wrote {folder}.");
            return Task.CompletedTask;
        }

        var comparisons = all.ToLookup(c => RewardSplits.Of(c.Comparison, options));
        EncodedComparison[] train = [.. comparisons[RewardSplit.Train]];
        EncodedComparison[] held = [.. comparisons[RewardSplit.HeldOutQuestion]];
        if (train.Length < options.MinComparisons || held.Length == 0)
        {
            throw new StageException($"{Name}: {train.Length} comparisons to train on and {held.Length} held out, at least {options.MinComparisons} and 1 are needed ({Name}.minComparisons, {Name}.minHeldOut): bring more ranked answers (Data/README.md){(Name == "judge" ? ", or name a finished reward model in judge.model" : "")}.");
        }

        var perStep = options.BatchRows * options.Accumulation;
        var steps = ((long)options.Epochs * train.Length + perStep - 1) / perStep;
        context.Reporter.Line($"{Name}: from {(options.Base.Length > 0 ? options.Base : $"step {start.Step:N0} of sft")}, {train.Length:N0} comparisons, {options.Epochs} epoch(s), {steps:N0} steps of {perStep} questions; {held.Length:N0} comparisons held out by question, {comparisons[RewardSplit.HeldOutLabeler].Count():N0} by labeler");

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

        if (options.Format.Stored() == WeightFormat.Float16) HalfPrecision.Round(model.Decoder.parameters());
        Normalize(model, Spread.Over(train, options.ReferenceQuestions));
        model.Save(folder);
        var report = RewardReports.Write(Name, context, model, options, all, train.Length, seed);
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
        context.Reporter.Line($"Wrote {folder}.");
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Given(RewardOptions options) => new[] { options.Model, options.Base }.Where(f => f.Length > 0);

    // A finished model where the recipe names one, else the fine-tuned decoder with a new head.
    private static RewardModel Start(StageContext context, RewardOptions options, CheckpointFolder tuned, Checkpoint start, int seed)
    {
        var device = Devices.Open(context.Device);
        if (Given(options).FirstOrDefault() is { } folder)
        {
            var given = FinishedReward.Load(folder, start.TokenizerSha256, device);
            if (options.SequenceLength <= given.Config.MaxPositions) return given;
            given.Dispose();
            throw new StageException($"sequenceLength ({options.SequenceLength}) is more than the maxPositions ({given.Config.MaxPositions}) of the reward model in {folder}: lower it.");
        }

        var model = new RewardModel(start.Model, seed, device) { TokenizerSha256 = start.TokenizerSha256 };
        SafeTensorsFile.ReadInto(tuned.TensorFile(start.Step), model.Decoder.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        return model;
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

    private static List<EncodedComparison> Encode(IReadOnlyList<(string Set, IReadOnlyList<Comparison> Comparisons)> sets, StageContext context, RewardOptions options, CancellationToken cancellationToken)
    {
        var tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        var encoded = new List<EncodedComparison>();
        foreach (var (set, comparisons) in sets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fitting = comparisons.Select(c => EncodedComparison.Of(c, tokenizer, options.SequenceLength)).OfType<EncodedComparison>().ToArray();
            context.Reporter.Line($"  {set}: {fitting.Length:N0} comparisons{(fitting.Length < comparisons.Count ? $", {comparisons.Count - fitting.Length:N0} do not fit into {options.SequenceLength} tokens and are left out" : "")}");
            encoded.AddRange(fitting);
        }

        return encoded;
    }
}
