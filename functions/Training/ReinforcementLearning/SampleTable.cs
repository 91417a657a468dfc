using System.Globalization;
using System.Text;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>samples.md: answers before and after, side by side. As of the last evaluation; metrics.jsonl has those of all.</summary>
internal static class SampleTable
{
    public static void Write(string file, string name, long step, PolicyEvaluation evaluation, EvaluationResult result, int count)
    {
        if (count == 0) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {name}, step {step}\n\n| question | before | after |\n|---|---|---|\n");
        for (var i = 0; i < Math.Min(count, evaluation.Questions.Count); i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(evaluation.Questions[i].Text)} | {Cell(evaluation.Before[i])} | {Cell(result.Answers[i])} |\n");
        }

        File.WriteAllText(file, text.ToString());
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
