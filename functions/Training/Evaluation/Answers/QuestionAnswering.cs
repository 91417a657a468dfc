using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using ChatLoop.Training.SupervisedFineTuning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Evaluation.Answers;

/// <summary>
/// Held-out questions answered greedily in the chat template, by the pre-trained model too (it has read conversations in that form), and
/// compared with the right answers word for word.
/// </summary>
internal sealed class QuestionAnswering(EvalSetting setting) : IModelTest
{
    private const int RowsAtOnce = 64;

    public string Name => "answers";

    public string? Missing => File.Exists(ConversationSplit.FileOf(setting.Context.Run.Data, Split.Val)) ? null : $"there are no held-out conversations in {setting.Context.Run.Data}: run the stage `data`";

    public IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken)
    {
        var room = model.Model.Config.MaxPositions - setting.Options.AnswerLength;
        var asked = OpenQuestions.Read(setting).GroupBy(q => q.Set).SelectMany(g => Spread.Over([.. g], setting.Options.Questions))
            .Select(q => (Question: q, Prompt: EncodedConversation.Prompt([(ChatRole.User, q.Text)], setting.Tokenizer))).ToArray();
        var fitting = asked.Where(q => q.Prompt.Count <= room).OrderBy(q => q.Prompt.Count).ToArray(); // like lengths together: less padding
        if (fitting.Length < asked.Length) setting.Context.Reporter.Line($"  answers: {asked.Length - fitting.Length:N0} of {asked.Length:N0} questions leave no room for {setting.Options.AnswerLength} tokens of answer and are left out");
        var generator = new AnswerGenerator(model.Model, setting.Options.Threads);
        var answered = new List<(OpenQuestion Question, string Answer)>();
        foreach (var batch in fitting.Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = generator.Answer([.. batch.Select(q => q.Prompt)], setting.Options.AnswerLength, temperature: 0, new int[batch.Length]);
            answered.AddRange(batch.Zip(answers, (q, a) => (q.Question, setting.Vocabulary.Decode(a.Ids).Trim())));
            setting.Context.Reporter.Progress($"eval {model.Name}: {Name}", answered.Count, fitting.Length);
        }

        set_num_threads(setting.Options.Threads);
        return [.. answered.GroupBy(a => a.Question.Set).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => Figures(Name, g.Key, [.. g]))];
    }

    public static IReadOnlyList<Figure> Figures(string test, string set, IReadOnlyCollection<(OpenQuestion Question, string Answer)> answered)
    {
        return [Figure.Share(test, set, "exact match", answered.Sum(a => SquadScore.ExactMatch(a.Answer, a.Question.References)), answered.Count), Mean("F1", SquadScore.F1), Mean("ROUGE-L", RougeL.Of)];

        // A score lies within [0, 1], and so does its interval.
        Figure Mean(string metric, Func<string, IEnumerable<string>, double> score)
        {
            var mean = Figure.Mean(test, set, metric, [.. answered.Select(a => score(a.Answer, a.Question.References))]);
            return mean with { Low = mean.Low is { } low ? Math.Max(0, low) : null, High = mean.High is { } high ? Math.Min(1, high) : null };
        }
    }
}
