using System.Diagnostics;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using static TorchSharp.torch;

namespace ChatLoop.Training.Optimization;

/// <summary>
/// Steps of forward, backward, clip and update until the schedule's end, with validation, samples, metrics and
/// checkpoints on the way. Nothing in it draws random numbers: the weights, the optimiser, the data cursor and the step
/// are the whole state, so a run that stops and resumes is bit for bit the run that did not.
/// </summary>
internal sealed class TrainingLoop(ILearner learner, LoopOptions options, long totalSteps, CheckpointFolder checkpoints, StageContext context)
{
    /// <summary>The stage's name in progress lines.</summary>
    public required string Name { get; init; }

    /// <summary>What one unit of the loss is, in progress lines.</summary>
    public string LossUnit { get; init; } = "nats per token";

    public required string TokenizerSha256 { get; init; }

    public required Func<ValidationResult> Validate { get; init; }

    /// <summary>Samples as (prompt, continuation) pairs; called after each validation.</summary>
    public required Func<IEnumerable<(string Prompt, string Text)>> Sample { get; init; }

    /// <summary>Trains from the newest checkpoint, or from the model as given when there is none.</summary>
    public void Run(bool passOverDamaged, CancellationToken cancellationToken)
    {
        using var optimizer = new AdamW(learner.Parameters, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay);
        var tensors = learner.Parameters.Concat(optimizer.State).ToList();
        var metrics = new MetricsFile(Path.Combine(checkpoints.Folder, "metrics.jsonl"));
        long step = 0, tokens = 0;
        double earlier = 0;
        double? validation = null;
        if (checkpoints.Newest(passOverDamaged, context.Reporter) is { } last)
        {
            Check(last);
            SafeTensorsFile.ReadInto(checkpoints.TensorFile(last.Step), tensors);
            (step, tokens, earlier, validation, optimizer.Steps, learner.Cursor) = (last.Step, last.Tokens, last.Seconds, last.Validation, last.Step, last.Cursor);
            context.Reporter.Line($"{Name}: going on from step {step} ({tokens:N0} tokens)");
        }

        metrics.CutAfter(step);
        var clock = Stopwatch.StartNew();
        var (window, windowTokens, windowLoss, windowSteps) = (Stopwatch.StartNew(), 0L, 0.0, 0);
        while (step < totalSteps && !cancellationToken.IsCancellationRequested)
        {
            var rate = options.Schedule.At(step, totalSteps);
            var (loss, count, norm) = Step(optimizer, rate);
            (step, tokens) = (step + 1, tokens + count);
            (windowTokens, windowLoss, windowSteps) = (windowTokens + count, windowLoss + loss, windowSteps + 1);
            if (!double.IsFinite(loss)) throw new StageException($"The loss of step {step} is {loss}: lower the learning rate and go on from the last checkpoint.");
            if (step % 10 == 0 || step == totalSteps)
            {
                var speed = windowTokens / window.Elapsed.TotalSeconds;
                metrics.Append(new MetricLine("step", Now, step, tokens) { Loss = Round(windowLoss / windowSteps), LearningRate = rate, GradientNorm = Round(norm), TokensPerSecond = Math.Round(speed) });
                context.Reporter.Progress(Name, step, totalSteps, $"step {step}/{totalSteps}  loss {windowLoss / windowSteps:F3}  {speed:N0} tokens/s");
                (windowTokens, windowLoss, windowSteps) = (0, 0, 0);
                window.Restart();
            }

            if (step == totalSteps || (options.ValidateEvery > 0 && step % options.ValidateEvery == 0))
            {
                validation = Report(metrics, step, tokens);
                window.Restart();
            }

            if (step % options.CheckpointEvery == 0 || step == totalSteps) Save();
        }

        if (cancellationToken.IsCancellationRequested && step < totalSteps)
        {
            Save();
            cancellationToken.ThrowIfCancellationRequested();
        }

        Draw(metrics);

        void Save() => checkpoints.Write(
            new Checkpoint
            {
                Step = step,
                Tokens = tokens,
                TotalSteps = totalSteps,
                Seed = context.Seed,
                Model = learner.Config,
                TokenizerSha256 = TokenizerSha256,
                TensorsSha256 = "",
                Cursor = learner.Cursor,
                Validation = validation,
                Seconds = earlier + clock.Elapsed.TotalSeconds,
            },
            tensors);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static double Round(double value) => Math.Round(value, 5);

    private (double Loss, long Tokens, double Norm) Step(AdamW optimizer, double learningRate)
    {
        var (loss, tokens) = learner.Accumulate();
        var norm = optimizer.GradientNorm();
        optimizer.Step(learningRate, norm > options.ClipNorm ? options.ClipNorm / norm : 1);
        return (loss, tokens, norm);
    }

    private double Report(MetricsFile metrics, long step, long tokens)
    {
        using var noGrad = no_grad();
        var result = Validate();
        metrics.Append(new MetricLine("validation", Now, step, tokens) { ValidationLoss = Round(result.NatsPerToken), BitsPerByte = result.BitsPerByte is { } bits ? Round(bits) : null });
        context.Reporter.Line($"{Name}: step {step}, validation {result.NatsPerToken:F4} {LossUnit}{(result.BitsPerByte is { } b ? $", {b:F4} bits per byte" : "")}");
        foreach (var (prompt, text) in Sample())
        {
            metrics.Append(new MetricLine("sample", Now, step, tokens) { Prompt = prompt, Text = text });
            context.Reporter.Line($"  {prompt} → {text.ReplaceLineEndings(" ")}");
        }

        Draw(metrics);
        return result.BitsPerByte ?? result.NatsPerToken;
    }

    private void Draw(MetricsFile metrics) =>
        Curves.Draw(Path.Combine(checkpoints.Folder, "curves.png"), $"{context.Recipe.Name}: {Name}, {learner.Config.ParameterCount / 1e6:F2} M parameters", metrics.Read(), LossUnit);

    private void Check(Checkpoint last)
    {
        if (last.Model != learner.Config) throw new StageException($"The checkpoint in {checkpoints.Folder} is of another model shape: put the recipe's model back, or delete the folder to start afresh.");
        if (last.TokenizerSha256 != TokenizerSha256) throw new StageException($"The checkpoint in {checkpoints.Folder} was trained with another tokenizer: delete the folder to start afresh.");
        if (last.Seed != context.Seed) throw new StageException($"The checkpoint in {checkpoints.Folder} was trained with seed {last.Seed}: give --seed {last.Seed}, or delete the folder to start afresh.");
        if (last.TotalSteps == totalSteps) return;
        if (last.Step > options.Schedule.DecayStart(totalSteps) || last.Step > options.Schedule.DecayStart(last.TotalSteps))
        {
            throw new StageException($"The length of a run can change only before its decay starts: step {last.Step} of {last.TotalSteps} is past that for {totalSteps} steps.");
        }
    }
}
