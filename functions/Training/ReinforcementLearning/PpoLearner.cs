using System.Text.Json.Nodes;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>PPO on answers: roll out, score, learn, adapt β.</summary>
internal sealed class PpoLearner : IPreferenceLearner, IDisposable
{
    private readonly PpoOptions _options;
    private readonly int _seed;
    private readonly Llama _policy;
    private readonly QuestionSource _questions;
    private readonly IBatchSource? _pretraining;
    private readonly AdamW _optimizer;
    private readonly ExperienceMaker _maker;
    private readonly PpoUpdate _update;
    private readonly KlController _controller;
    private readonly RunningAverage? _average;

    /// <param name="policy">Trained; starts as the reference.</param>
    /// <param name="reference">Frozen.</param>
    /// <param name="value">Trained; starts as the reward model.</param>
    /// <param name="scorer">The reward model, frozen.</param>
    /// <param name="pretraining">Batches of the fine-tuning loss; needed where options.pretrainingMix is not 0.</param>
    public PpoLearner(Llama policy, Llama reference, ValueNetwork value, IScorer scorer, QuestionSource questions, IBatchSource? pretraining, PpoOptions options, int seed)
    {
        (_policy, _questions, _pretraining, _options, _seed) = (policy, questions, pretraining, options, seed);
        if (options.PretrainingMix > 0 && pretraining is null) throw new ArgumentNullException(nameof(pretraining));
        CpuWork.Use(options.Threads);
        var weights = policy.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).ToList();
        var trained = weights.Concat(value.named_parameters().Select(p => ("value." + p.name, (Tensor)p.parameter))).ToList();
        _optimizer = new AdamW(trained, options.Beta1, options.Beta2, options.Epsilon, weightDecay: 0);
        _maker = new ExperienceMaker(policy, reference, value, scorer, options);
        _update = new PpoUpdate(policy, value, _optimizer, pretraining, options);
        _controller = new KlController(options.KlCoefficient, options.KlTarget, options.KlHorizon);
        if (options.Average > 0) _average = new RunningAverage(policy, Copies.Of(policy), options.Average);
        Tensors = [.. trained, .. _optimizer.State, .. _average?.State ?? []];
    }

    public Llama Evaluated => _average?.Model ?? _policy;

    public IReadOnlyList<(string Name, Tensor Value)> Tensors { get; }

    public long Tokens { get; private set; }

    public long Updates
    {
        get => _optimizer.Steps;
        set => _optimizer.Steps = value;
    }

    /// <summary>How scores are scaled; set before the first step, and kept in the state.</summary>
    public RewardScale Scale
    {
        get => _maker.Scale;
        set => _maker.Scale = value;
    }

    public JsonObject State
    {
        get => new()
        {
            ["drawn"] = _questions.Drawn,
            ["questionsSha256"] = _questions.Sha256,
            ["tokens"] = Tokens,
            ["klCoefficient"] = _controller.Coefficient,
            ["rewardMean"] = Scale.Mean,
            ["rewardDeviation"] = Scale.Deviation,
            ["pretraining"] = _pretraining?.Cursor,
        };
        set
        {
            if ((string?)value["questionsSha256"] != _questions.Sha256) throw new StageException("The checkpoint was written with other questions: put the data back, or delete the folder to start afresh.");
            (_questions.Drawn, Tokens, _controller.Coefficient) = ((long)value["drawn"]!, (long)value["tokens"]!, (double)value["klCoefficient"]!);
            Scale = new RewardScale((double)value["rewardMean"]!, (double)value["rewardDeviation"]!);
            if (_pretraining is not null && value["pretraining"] is { } cursor) _pretraining.Cursor = cursor;
        }
    }

    public IReadOnlyDictionary<string, double> Step(long step, double learningRate)
    {
        using var scope = NewDisposeScope();
        var measured = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var questions = _questions.Next(_options.BatchRows);
        var generator = new AnswerGenerator(_policy, _options.Threads);
        var answers = generator.Answer([.. questions.Select(q => q.Ids)], _options.AnswerLength, _options.Temperature, [.. questions.Select((_, i) => HashCodes.Mix(_seed, step, i))]);
        set_num_threads(_options.Threads);
        measured["objective/kl_coefficient"] = _controller.Coefficient;
        var experience = _maker.Make(questions, answers, _controller.Coefficient, measured);
        _update.Run(experience, learningRate, HashCodes.Mix(_seed, step), measured);
        _controller.Update(measured["objective/kl"], answers.Count);
        _average?.Update();
        Tokens += generator.Tokens;
        measured["rollout/tokens_per_second"] = generator.Tokens / generator.Time.TotalSeconds;
        return measured;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Model.Dispose();
    }
}
