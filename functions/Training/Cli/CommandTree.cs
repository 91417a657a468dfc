using System.CommandLine;
using System.CommandLine.Invocation;
using System.ComponentModel.DataAnnotations;
using ChatLoop.Training.Recipes;

namespace ChatLoop.Training.Cli;

/// <summary>The command line: one command per stage, and `train`, which runs them all in order.</summary>
internal static class CommandTree
{
    // Exit code of a run that Ctrl+C stopped, as shells count it.
    private const int Stopped = 130;

    /// <summary>Parses and runs a command line; returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args, IReadOnlyList<IStage> stages)
    {
        var root = new RootCommand("Trains ChatLoop's models, from raw text to exported folders.");
        foreach (var stage in stages) root.Add(StageCommand(stage.Name, stage.Description, stages));
        root.Add(StageCommand("train", "Runs every stage in order; finished ones whose inputs have not changed are passed over unless --again is given.", stages));
        root.Add(CompareCommand.Create());
        root.Add(QuantizeCommand.Quantize());
        root.Add(QuantizeCommand.Formats());

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction && args.Length > 0) return RefuseAsync(parsed);

        // A checkpoint may take a while to write: give the step in flight minutes, not the default two seconds.
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(10), EnableDefaultExceptionHandler = false });
    }

    // One line, where the library would print all of the help after it.
    private static async Task<int> RefuseAsync(ParseResult parsed)
    {
        await Console.Error.WriteLineAsync($"{string.Join(" ", parsed.Errors.Select(e => e.Message))} Add --help to see what there is.");
        return 1;
    }

    private static Command StageCommand(string name, string description, IReadOnlyList<IStage> all)
    {
        var recipe = new Option<string>("--recipe") { Description = "The recipe file (JSON).", Required = true };
        var folder = new Option<string?>("--run") { Description = "The run folder. Default: runs/<recipe name>." };
        var device = new Option<string?>("--device") { Description = "cpu or cuda. Default: the recipe's." };
        var seed = new Option<int?>("--seed") { Description = "Seed of every generator. Default: the recipe's." };
        var again = new Option<bool>("--again") { Description = "Run stages that have finished before as well." };
        var command = new Command(name, description) { recipe, folder, device, seed };
        if (name == "train") command.Add(again);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var loaded = Recipe.Load(parsed.GetRequiredValue(recipe), all.Select(s => s.Name));
                var runFolder = new RunFolder(parsed.GetValue(folder) ?? Path.Combine("runs", loaded.Name));
                using var runLock = new RunLock(runFolder);
                await TerminalReporter.RunAsync(async reporter =>
                {
                    var context = new StageContext(loaded, runFolder, reporter, parsed.GetValue(seed) ?? loaded.Seed, parsed.GetValue(device) ?? loaded.Device);
                    var sequence = new StageSequence(all);
                    if (name == "train") await sequence.RunAsync(context, parsed.GetValue(again), cancellationToken);
                    else await sequence.RunOneAsync(name, context, cancellationToken);
                });
                return 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"{name} stopped; the same command carries it on.");
                return Stopped;
            }
            catch (Exception e) when (e is StageException or ValidationException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"{name}: {e.Message}");
                return 1;
            }
        });
        return command;
    }
}
