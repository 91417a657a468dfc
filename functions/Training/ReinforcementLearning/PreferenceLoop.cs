using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Optimization;
using TorchSharp;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>
/// The frame of `ppo` and `dpo`: steps, metrics, evaluations, alarms, the best checkpoint, and a resume that goes on as if nothing had
/// happened: every generator follows from the seed and the step, the rest is in the checkpoint.
/// </summary>
internal sealed class PreferenceLoop(string name, IPreferenceLearner learner, PolicyEvaluation evaluation, PreferenceOptions options, long totalSteps, string folder, string tokenizerSha256, StageContext context)
{
    /// <summary>Folder, within the stage's, of the policy that the judge liked best.</summary>
    public const string Best = "best";

    private readonly CheckpointFolder _checkpoints = new(folder, options.KeepCheckpoints);
    private readonly CheckpointFolder _best = new(Path.Combine(folder, Best), keep: 1);
    private readonly MetricsFile _metrics = new(Path.Combine(folder, "metrics.jsonl"));
    private readonly Alarms _alarms = new(options);
    private readonly Stopwatch _clock = new();
    private double _earlier;
    private double? _bestChoice;
    private long _bestStep;

    public void Run(CancellationToken cancellationToken)
    {
        _clock.Start();
        var step = Resume();
        if (step == 0) Evaluate(0);
        while (step < totalSteps)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                if (step > 0) Save(_checkpoints, step, learner.Tensors);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var rate = options.Schedule.At(step, totalSteps);
            var measured = learner.Step(step, rate);
            CpuWork.GiveBack();
            step++;
            if (measured.FirstOrDefault(m => !double.IsFinite(m.Value)).Key is { } bad) throw new StageException($"{bad} of step {step} is {measured[bad]}: lower {name}.schedule.peak and go on from the last checkpoint.");
            Write("step", step, measured, rate);
            Sound(step, _alarms.OfStep(measured));
            context.Reporter.Progress(name, step, totalSteps, $"step {step}/{totalSteps}  " + string.Join("  ", Shown.Where(s => measured.ContainsKey(s.Key)).Select(s => $"{s.Label} {measured[s.Key]:F3}")));
            if (step % options.EvaluateEvery == 0 || step == totalSteps) Evaluate(step);
            if (step % options.CheckpointEvery == 0 || step == totalSteps) Save(_checkpoints, step, learner.Tensors);
        }

        context.Reporter.Line($"{name}: best by {(evaluation.ReferenceJudgements is null ? "the reward (there is no judge)" : "the judge")}: step {_bestStep}, in {_best.Folder}");
    }

    private static (string Key, string Label)[] Shown =>
    [
        ("objective/scores", "reward"), ("objective/kl", "KL"), ("objective/entropy", "entropy"), ("rollout/length", "length"),
        ("loss/dpo", "loss"), ("dpo/accuracy", "accuracy"), ("dpo/margin", "margin"),
    ];

    private long Resume()
    {
        if (_checkpoints.Newest(options.PassOverDamaged, context.Reporter) is not { } last)
        {
            _metrics.CutAfter(-1);
            return 0;
        }

        if (last.Seed != context.Seed) throw new StageException($"The checkpoint in {folder} was trained with seed {last.Seed}: give --seed {last.Seed}, or delete the folder to start afresh.");
        if (last.TotalSteps != totalSteps) throw new StageException($"The checkpoint in {folder} is of a run of {last.TotalSteps} steps, the recipe says {totalSteps}: put {name}'s length back, or delete the folder to start afresh.");
        if (last.TokenizerSha256 != tokenizerSha256 || last.Model != learner.Evaluated.Config) throw new StageException($"The checkpoint in {folder} is of another model: delete the folder to start afresh.");
        SafeTensorsFile.ReadInto(_checkpoints.TensorFile(last.Step), learner.Tensors);
        var state = last.Cursor.AsObject();
        learner.State = state["learner"]!.AsObject();
        learner.Updates = (long)state["updates"]!;
        _alarms.State = state["alarms"]!.AsObject();
        (_bestChoice, _bestStep, _earlier) = ((double?)state["bestChoice"], (long)state["bestStep"]!, last.Seconds);
        _metrics.CutAfter(last.Step);
        context.Reporter.Line($"{name}: going on from step {last.Step}");
        return last.Step;
    }

    private void Evaluate(long step)
    {
        var result = evaluation.Run(learner.Evaluated);
        Write("validation", step, result.Values);
        Sound(step, _alarms.OfEvaluation(result));
        context.Reporter.Line($"{name}: step {step}, " + string.Join(", ", result.Values.Select(v => $"{v.Key[5..]} {v.Value:F3}")));
        foreach (var (question, answer) in evaluation.Questions.Zip(result.Answers).Take(options.Samples))
        {
            _metrics.Append(new MetricLine("sample", TimeProvider.System.GetUtcNow(), step, learner.Tokens) { Prompt = question.Text, Text = answer });
        }

        SampleTable.Write(Path.Combine(folder, "samples.md"), name, step, evaluation, result, options.Samples);
        PreferenceCurves.Draw(folder, $"{context.Recipe.Name}: {name}", _metrics.Read());
        if (step == 0 || result.Choice <= (_bestChoice ?? double.NegativeInfinity)) return;
        (_bestChoice, _bestStep) = (result.Choice, step);
        Save(_best, step, [.. learner.Evaluated.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter))]);
    }

    private void Write(string kind, long step, IReadOnlyDictionary<string, double> values, double? rate = null) =>
        _metrics.Append(new MetricLine(kind, TimeProvider.System.GetUtcNow(), step, learner.Tokens) { Values = values, LearningRate = rate });

    private void Sound(long step, IEnumerable<string> alarms)
    {
        foreach (var alarm in alarms)
        {
            _metrics.Append(new MetricLine("alarm", TimeProvider.System.GetUtcNow(), step, learner.Tokens) { Text = alarm });
            context.Reporter.Line($"{name}: ALARM at step {step}. {alarm}");
        }
    }

    private void Save(CheckpointFolder where, long step, IReadOnlyList<(string Name, torch.Tensor Value)> tensors) =>
        where.Write(
            new Checkpoint
            {
                Step = step,
                Tokens = learner.Tokens,
                TotalSteps = totalSteps,
                Seed = context.Seed,
                Model = learner.Evaluated.Config,
                TokenizerSha256 = tokenizerSha256,
                TensorsSha256 = "",
                Cursor = new JsonObject
                {
                    // What the export's model card reads of every stage.
                    ["rowsDrawn"] = new JsonObject { [name == "ppo" ? "questions" : "comparisons"] = (long)learner.State["drawn"]! },
                    ["learner"] = learner.State,
                    ["updates"] = learner.Updates,
                    ["alarms"] = _alarms.State,
                    ["bestChoice"] = _bestChoice,
                    ["bestStep"] = _bestStep,
                },
                Validation = _bestChoice,
                Seconds = _earlier + _clock.Elapsed.TotalSeconds,
            },
            tensors);
}
