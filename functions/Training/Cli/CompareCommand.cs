using System.CommandLine;
using ChatLoop.Training.Evaluation;

namespace ChatLoop.Training.Cli;

/// <summary>`compare --run A [--run B]`: prints the tables that `eval` left in run folders, models side by side.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var runs = new Option<string[]>("--run") { Description = "A run folder that `eval` has tested; several are compared.", Required = true };
        var command = new Command("compare", "Prints the models of one or more run folders side by side, as `eval` measured them.") { runs };
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                await Console.Out.WriteAsync(Table(parsed.GetRequiredValue(runs)));
                return 0;
            }
            catch (Exception e) when (e is StageException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"compare: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    // Of several runs, a model's column carries its run folder's name.
    private static string Table(string[] runs)
    {
        var reports = from run in runs.Select(r => new RunFolder(r))
                      from report in EvalFolder.Read(run.Eval)
                      select (runs.Length == 1 ? report.Model : $"{Path.GetFileName(run.Root)}/{report.Model}", report);
        return ModelComparison.Of([.. reports]).Markdown();
    }
}
