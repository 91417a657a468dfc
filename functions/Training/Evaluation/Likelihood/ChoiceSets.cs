using ChatLoop.Training.Data;

namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>The multiple-choice sets that are read.</summary>
internal static class ChoiceSets
{
    /// <summary>ARC (Clark et al. 2018, arXiv:1803.05457), the easy part's test split.</summary>
    public static MultipleChoice ArcEasy(EvalSetting setting) =>
        new("arc-easy", setting, "eval-arc", "arc.jsonl.gz", r => r.Text("set") == "ARC-Easy" && r.Text("split") == "test");

    /// <summary>CommonsenseQA (Talmor et al. 2019, arXiv:1811.00937), the validation split: the test's answers are not public.</summary>
    public static MultipleChoice CommonsenseQa(EvalSetting setting) =>
        new("commonsenseqa", setting, "eval-commonsenseqa", "csqa.jsonl.gz", r => r.Text("split") == "val");

    /// <exception cref="Cli.StageException">The answer is no letter of a choice.</exception>
    public static ChoiceQuestion Read(JsonRecord record)
    {
        string[] choices = [.. record.GetProperty("choices").EnumerateArray().Select(c => c.GetString() ?? "")];
        var right = record.Text("answer") is [var letter] ? letter - 'A' : -1;
        if (right < 0 || right >= choices.Length || choices.Any(c => c.Trim().Length == 0)) throw record.Error("the answer is no letter of a choice, or a choice is empty");
        return new ChoiceQuestion(record.Text("question").Trim(), [.. choices.Select(c => c.Trim())], right);
    }
}
