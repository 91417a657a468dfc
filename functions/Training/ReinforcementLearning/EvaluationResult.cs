namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>How a policy answers the fixed questions, beside the reference.</summary>
/// <param name="Answers">Texts, question by question.</param>
/// <param name="Values">By name: `eval/reward`, `eval/judge`, `eval/kl`, `eval/win_rate` …</param>
internal sealed record EvaluationResult(IReadOnlyList<string> Answers, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>What checkpoints are chosen by: the judge, which training never saw, or without one the reward itself.</summary>
    public double Choice => Values.TryGetValue("eval/judge", out var judge) ? judge : Values["eval/reward"];
}
