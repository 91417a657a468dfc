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

    // Of several runs, a model's column carries its run folder's name, or where two have the same, its path as given.
    private static string Table(string[] given)
    {
        var runs = given.Distinct().Select(path => (Path: path, Folder: new RunFolder(path))).ToArray();
        var names = runs.Select(r => Path.GetFileName(r.Folder.Root)).ToArray();
        var reports = from run in runs.Zip(names.Distinct().Count() == runs.Length ? names : runs.Select(r => r.Path))
                      from report in EvalFolder.Read(run.First.Folder.Eval)
                      select (runs.Length == 1 ? report.Model : $"{run.Second}/{report.Model}", report);
        return ModelComparison.Of([.. reports]).Markdown();
    }
}
