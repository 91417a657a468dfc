using System.Text.Json;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Reporting;

/// <summary>Writes a run's report page: one HTML file with everything in it, to send to somebody.</summary>
internal sealed class ReportStage(Func<IReadOnlyList<IStage>> stages) : IStage
{
    private const string FileName = "report.html";

    public string Name => "report";

    public string Description => "Writes the run's report page (report.html): data, recipe, curves, tables, samples, hashes.";

    public IReadOnlyList<string> Outputs(RunFolder run) => [Path.Combine(run.Root, FileName)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        var file = Path.Combine(context.Run.Root, FileName);
        try
        {
            var notes = new StageNotes(context.Run);
            var records = stages().Where(s => s.Name != Name).Select(s => StageRecord.Read(s, context.Run, notes)).ToArray();
            File.WriteAllText(file + ".new", new ReportPage(context, records).Text());
        }
        catch (JsonException e)
        {
            throw new StageException($"A file in {context.Run.Root} is damaged ({e.Message}): run the stage that wrote it again.", e);
        }

        File.Move(file + ".new", file, overwrite: true);
        context.Reporter.Line($"Wrote {file}.");
        return Task.CompletedTask;
    }
}
