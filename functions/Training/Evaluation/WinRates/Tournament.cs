using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using static TorchSharp.torch;

namespace ChatLoop.Training.Evaluation.WinRates;

/// <summary>Every model answers the same questions once, sampled with the same seeds; then the judge compares the answers of every two models, and moderation counts what it flags.</summary>
/// <param name="judge">Null where nobody judges.</param>
/// <param name="moderation">Null where nobody counts.</param>
internal sealed class Tournament(EvalSetting setting, IScorer? judge, AnswerModeration? moderation)
{
    private const int RowsAtOnce = 64;

    /// <summary>The figures of each model, by its name; a pair's figures are its later model's.</summary>
    public IReadOnlyDictionary<string, List<Figure>> Run(IReadOnlyList<EvaluatedModel> models, IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var figures = models.ToDictionary(m => m.Name, _ => new List<Figure>());
        var answers = models.ToDictionary(m => m.Name, m => Answer(m, questions, cancellationToken));
        var reference = models.FirstOrDefault(m => m.Name == "base") ?? models.FirstOrDefault(m => m.Name == "sft");
        foreach (var (i, model) in models.Index())
        {
            var ours = answers[model.Name];
            foreach (var opponent in judge is null ? [] : models.Take(i).Reverse())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var theirs = answers[opponent.Name];
                var outcomes = new BlindJudge(judge!, HashCodes.Mix(setting.Options.Seed, i), model.Model.Device).Compare(questions, ours, theirs);
                figures[model.Name].AddRange(WinRateFigures.Of(opponent.Name, outcomes, ours, theirs));
            }

            var divergences = reference is null || reference == model ? null : Divergences(model.Model, reference.Model, questions, ours);
            figures[model.Name].AddRange(WinRateFigures.OfAnswers(ours, divergences, reference?.Name ?? ""));
            if (moderation is not null) figures[model.Name].Add(Figure.Share(WinRateFigures.Test, WinRateFigures.Answers, WinRateFigures.Flagged, ours.Count(a => moderation.Flags(setting.Vocabulary.Decode(a.Ids))), ours.Count));
        }

        return figures;
    }

    private List<Answer> Answer(EvaluatedModel model, IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var generator = new AnswerGenerator(model.Model, setting.Options.Threads);
        var answers = new List<Answer>();
        foreach (var batch in questions.Index().Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] seeds = [.. batch.Select(q => HashCodes.Mix(setting.Options.Seed, q.Index))];
            answers.AddRange(generator.Answer([.. batch.Select(q => q.Item.Ids)], setting.Options.AnswerLength, setting.Options.Temperature, seeds));
            setting.Context.Reporter.Progress($"eval {model.Name}: {WinRateFigures.Test}", answers.Count, questions.Count);
        }

        set_num_threads(setting.Options.Threads);
        return answers;
    }

    private double[] Divergences(Llama policy, Llama reference, IReadOnlyList<Question> questions, IReadOnlyList<Answer> answers)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sequences = Sequences.Of([.. questions.Zip(answers, (q, a) => (q.Ids, a.Ids))], policy.Device);
        return PolicyEvaluation.Divergences(policy, reference, sequences, setting.Options.Temperature);
    }
}
