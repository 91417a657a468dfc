using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>
/// The same held-out questions with the same seeds every time, answered by the policy and, once, by the reference: reward, the judge's view,
/// KL, and how often the policy's answer beats the reference's. Scorers see one answer at a time, so no order can sway them.
/// </summary>
internal sealed class PolicyEvaluation
{
    private readonly Llama _reference;
    private readonly IScorer _scorer;
    private readonly IScorer? _judge;
    private readonly Func<IEnumerable<int>, string> _decode;
    private readonly (int AnswerLength, double Temperature, int Threads, int Seed) _settings;

    public PolicyEvaluation(Llama reference, IScorer scorer, IScorer? judge, IReadOnlyList<Question> questions, Func<IEnumerable<int>, string> decode, PreferenceOptions options, double temperature, int seed)
    {
        (_reference, _scorer, _judge, Questions, _decode) = (reference, scorer, judge, questions, decode);
        _settings = (options.AnswerLength, temperature, options.Threads, seed);
        var (answers, sequences) = Answer(reference);
        Before = [.. answers.Select(a => decode(a.Ids))];
        (ReferenceRewards, ReferenceJudgements) = (Scores(scorer, sequences), judge is null ? null : Scores(judge, sequences));
    }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The reference's answers.</summary>
    public IReadOnlyList<string> Before { get; }

    public IReadOnlyList<double> ReferenceRewards { get; }

    public IReadOnlyList<double>? ReferenceJudgements { get; }

    public EvaluationResult Run(Llama policy)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (answers, sequences) = Answer(policy);
        var rewards = Scores(_scorer, sequences);
        var judgements = _judge is null ? null : Scores(_judge, sequences);
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["eval/reward"] = rewards.Average(),
            ["eval/reward_reference"] = ReferenceRewards.Average(),
            ["eval/kl"] = Divergences(policy, _reference, sequences, _settings.Temperature).Average(),
            ["eval/length"] = answers.Average(a => a.Ids.Count),
            ["eval/share_with_eos"] = answers.Average(a => a.Ended ? 1.0 : 0),
            ["eval/win_rate_reward"] = WinRate(rewards, ReferenceRewards),
        };
        if (judgements is not null)
        {
            values["eval/judge"] = judgements.Average();
            values["eval/judge_reference"] = ReferenceJudgements!.Average();
            values["eval/win_rate"] = WinRate(judgements, ReferenceJudgements!);
        }

        return new EvaluationResult([.. answers.Select(a => _decode(a.Ids))], values);
    }

    /// <summary>Share of answers that score above their rivals'; ties count half.</summary>
    public static double WinRate(IReadOnlyList<double> after, IReadOnlyList<double> before) =>
        after.Zip(before, (a, b) => a > b ? 1 : a < b ? 0 : 0.5).Average();

    private (IReadOnlyList<Answer> Answers, Sequences Sequences) Answer(Llama policy)
    {
        var (length, temperature, threads, seed) = _settings;
        var seeds = Enumerable.Range(0, Questions.Count).Select(i => HashCodes.Mix(seed, -1, i)).ToArray();
        var answers = new AnswerGenerator(policy, threads).Answer([.. Questions.Select(q => q.Ids)], length, temperature, seeds);
        set_num_threads(threads);
        return (answers, Sequences.Of([.. Questions.Zip(answers, (q, a) => (q.Ids, a.Ids))], policy.Device));
    }

    private static double[] Scores(IScorer scorer, Sequences sequences)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return [.. scorer.Score(sequences.Ids, sequences.Lengths).cpu().data<float>().Select(s => (double)s)];
    }

    /// <summary>Σ (log π − log π_ref) over each answer's tokens, nats, under the τ that they were sampled with.</summary>
    public static double[] Divergences(Llama policy, Llama reference, Sequences sequences, double temperature)
    {
        if (temperature == 0) temperature = 1;
        var sums = new List<double>();
        foreach (var rows in Enumerable.Range(0, sequences.Count).Select(i => (long)i).Chunk(16))
        {
            using var scope = NewDisposeScope();
            var part = sequences.Rows(tensor(rows, device: policy.Device));
            var difference = KullbackLeibler.K1(PolicyForward.Run(policy, part, temperature).LogProbabilities, PolicyForward.Run(reference, part, temperature).LogProbabilities);
            sums.AddRange(where(part.Mask > 0, difference, zeros_like(difference)).sum(1).cpu().data<float>().Select(d => (double)d));
        }

        return [.. sums];
    }
}
