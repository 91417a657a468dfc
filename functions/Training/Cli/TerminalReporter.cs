using Spectre.Console;

namespace ChatLoop.Training.Cli;

/// <summary>Bars that move, with lines above them.</summary>
internal sealed class TerminalReporter(IAnsiConsole console, ProgressContext live) : IReporter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    public void Line(string text) => console.WriteLine(text);

    public void Progress(string what, double done, double total, string detail = "")
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(what, out var task))
            {
                _tasks[what] = task = live.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
            }

            task.MaxValue = Math.Max(total, 1);
            task.Value = done;
            task.Description = Markup.Escape(detail.Length > 0 ? $"{what}  {detail}" : what);
        }
    }

    /// <summary>Runs the work below live bars when output is a terminal, and with plain lines when it is not.</summary>
    public static async Task RunAsync(Func<IReporter, Task> work)
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Interactive)
        {
            await work(new PlainReporter(Console.Out, TimeProvider.System));
            return;
        }

        await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(live => work(new TerminalReporter(console, live)));
    }
}
