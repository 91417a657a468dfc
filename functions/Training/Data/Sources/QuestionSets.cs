using System.Text.RegularExpressions;

namespace ChatLoop.Training.Data.Sources;

/// <summary>Questions with one right answer.</summary>
internal static partial class QuestionSets
{
    // Upstream's calculator marks, such as <<48/2=24>>.
    [GeneratedRegex("<<[^>]*>>")]
    private static partial Regex CalculatorMarks();

    // Questions that make no sense without the options to choose from.
    [GeneratedRegex(@"(?i)\b(these|following|which one|not|except)\b")]
    private static partial Regex NeedsOptions();

    public static IEnumerable<Conversation> Gsm8k(DataSet set) =>
        JsonLines.Read(set["train.jsonl.gz"]).Select(record => Conversation.Of(
            set.Name, record.Text("question"), CalculatorMarks().Replace(record.Text("answer"), "").Replace("#### ", "The answer is ", StringComparison.Ordinal) + "."));

    public static IEnumerable<Conversation> OpenTrivia(DataSet set) =>
        from record in JsonLines.Read(set["opentriviaqa.jsonl.gz"])
        let question = record.Text("question").Trim()
        let answer = record.Text("answer").Trim()
        where question.EndsWith('?') && question.Length < 160 && answer.Length is > 1 and < 80 && !NeedsOptions().IsMatch(question)
            && answer is not ("True" or "False" or "All of these")
        select Conversation.Of(set.Name, question, answer.EndsWith('.') ? answer : answer + ".");

    public static IEnumerable<Conversation> T0(DataSet set) =>
        from record in JsonLines.Read(set["t0-permissive.jsonl.gz"])
        let prompt = record.Text("prompt").Trim()
        let answer = record.Text("completion").Trim()
        where prompt.Length < 900 && answer.Length > 0
        select Conversation.Of(set.Name, prompt, answer, prompt[^Math.Min(prompt.Length, 80)..]);
}
