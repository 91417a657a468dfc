using System.Text;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.SupervisedFineTuning;

namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>
/// Multiple choice by likelihood: the chosen answer is the one whose text is likeliest after the question, once by the sum of its tokens'
/// log-probabilities and once by that sum per byte. The question is put as lm-evaluation-harness puts ARC's ("Question: …\nAnswer:"): plain
/// text for a pre-trained model, and in the chat template (its `--apply_chat_template`) for one that was taught to answer.
/// </summary>
internal sealed class MultipleChoice(string name, EvalSetting setting, string set, string file, Func<JsonRecord, bool> belongs) : IModelTest
{
    public string Name => name;

    public string? Missing => setting.MissingFile(set, file);

    public IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken)
    {
        var questions = Spread.Over([.. JsonLines.Read(setting.FileOf(set, file)!).Where(belongs).Select(ChoiceSets.Read)], setting.Options.Limit);
        var scores = setting.Score(Name, model, [.. questions.SelectMany(q => Continuations(q, model.IsChat, setting))], cancellationToken);
        return Figures(Name, questions, [.. scores.Select(s => s.LogProbability)]);
    }

    /// <summary>The question with each of its choices.</summary>
    public static IEnumerable<Continuation> Continuations(ChoiceQuestion question, bool isChat, EvalSetting setting)
    {
        var asked = $"Question: {question.Question}\nAnswer:";
        IReadOnlyList<int> context = isChat ? EncodedConversation.Prompt([(ChatRole.User, asked)], setting.Tokenizer) : [SpecialTokens.BeginId, .. setting.Encode(asked)];
        return question.Choices.Select(c => new Continuation(context, setting.Encode(isChat ? c : " " + c)));
    }

    /// <param name="logProbabilities">Of every choice, question by question.</param>
    public static IReadOnlyList<Figure> Figures(string test, IReadOnlyCollection<ChoiceQuestion> questions, IReadOnlyList<double> logProbabilities)
    {
        var (right, rightPerByte, start) = (0, 0, 0);
        foreach (var question in questions)
        {
            var scores = Enumerable.Range(start, question.Choices.Count).Select(i => logProbabilities[i]).ToArray();
            var perByte = scores.Zip(question.Choices, (s, c) => s / Encoding.UTF8.GetByteCount(c)).ToArray();
            if (Array.IndexOf(scores, scores.Max()) == question.Right) right++;
            if (Array.IndexOf(perByte, perByte.Max()) == question.Right) rightPerByte++;
            start += question.Choices.Count;
        }

        var chance = questions.Average(q => 1.0 / q.Choices.Count);
        return [Figure.Share(test, "all", "accuracy", right, questions.Count) with { Chance = chance }, Figure.Share(test, "all", "accuracy per byte", rightPerByte, questions.Count) with { Chance = chance }];
    }
}
