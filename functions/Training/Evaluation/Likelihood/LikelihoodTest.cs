namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>Scores continuations with the options of the call, and shows how far it is.</summary>
internal static class LikelihoodTest
{
    public static ScoredContinuation[] Score(this EvalSetting setting, string test, EvaluatedModel model, IReadOnlyList<Continuation> texts, CancellationToken cancellationToken) =>
        new LikelihoodScorer(model.Model, setting.Options.Threads, setting.Options.BatchTokens)
            .Score(texts, done => setting.Context.Reporter.Progress($"eval {model.Name}: {test}", done, texts.Count), cancellationToken);
}
