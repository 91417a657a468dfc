using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Evaluation.Answers;

/// <summary>Held-out questions with their right answers, and none that some later stage was taught.</summary>
internal static class OpenQuestions
{
    public const string FairyTales = "sft-fairytaleqa";

    public static IEnumerable<OpenQuestion> Read(EvalSetting setting) => Validation(setting).Concat(OfFairyTales(setting));

    private static IEnumerable<OpenQuestion> Validation(EvalSetting setting)
    {
        var taught = new TaughtQuestions(setting);
        return from conversation in ConversationSplit.Read(setting.Context.Run.Data, Split.Val)
               where conversation.Messages is [{ Role: ChatRole.User }, { Role: ChatRole.Assistant }] && !taught.Include(conversation)
               select new OpenQuestion(conversation.Source, conversation.Messages[0].Content, [conversation.Messages[1].Content]);
    }

    /// <summary>FairytaleQA (Xu et al. 2022, arXiv:2203.13947), validation and test: the passage, then the question. No stage reads these stories.</summary>
    private static IEnumerable<OpenQuestion> OfFairyTales(EvalSetting setting)
    {
        if (setting.FileOf(FairyTales, "questions.jsonl.gz") is not { } questions || setting.FileOf(FairyTales, "stories.jsonl.gz") is not { } stories) yield break;
        var sections = JsonLines.Read(stories).ToDictionary(r => r.Text("story"), r => r.GetProperty("sections").EnumerateArray().Select(s => s.GetString() ?? "").ToArray());
        foreach (var record in JsonLines.Read(questions).Where(r => r.Text("split") != "train"))
        {
            var story = sections.GetValueOrDefault(record.Text("story")) ?? throw record.Error("there is no story of this name");
            var passage = string.Join('\n', record.Text("sections").Split(',').Select(n => story[int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) - 1].Replace('\n', ' ')));
            yield return new OpenQuestion(FairyTales, $"{passage}\n{record.Text("question")}", [.. record.GetProperty("answers").EnumerateArray().Select(a => a.GetString() ?? "")]);
        }
    }
}
