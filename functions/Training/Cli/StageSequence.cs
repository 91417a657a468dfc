using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatLoop.Training.Checkpoints;

namespace ChatLoop.Training.Cli;

/// <summary>
/// Runs stages in order and notes what each was run with and what it left, by content: `train` after a stop goes on where
/// it was, and a stage runs again when its settings, its inputs or its outputs are no longer what they were.
/// </summary>
internal sealed class StageSequence(IReadOnlyList<IStage> stages)
{
    /// <summary>Runs every stage that has not finished with what it would be run with now.</summary>
    /// <param name="again">Whether to run those as well.</param>
    public async Task RunAsync(StageContext context, bool again, CancellationToken cancellationToken)
    {
        var (notes, hashes) = (new StageNotes(context.Run), new ContentHashes(context.Run));
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            var wanted = Wanted(i, context, hashes);
            var place = $"[{i + 1}/{stages.Count}] {stage.Name}";
            var (isSame, isWhole) = Compare(notes[stage.Name], wanted, hashes.Of(stage.Outputs(context.Run)));
            if (isSame && isWhole && !again)
            {
                context.Reporter.Line($"{place}: finished before (--again runs it once more)");
                continue;
            }

            context.Reporter.Line($"{place}: {stage.Description}");
            if (isSame && !isWhole && notes[stage.Name]!.Outputs is not null) context.Reporter.Line("  what it wrote is gone or was changed: it runs again");
            if (isSame && again && isWhole) SetAside(stage, context);
            await RunAsync(stage, context, wanted, notes, hashes, cancellationToken);
        }
    }

    /// <summary>Runs one stage whether it has finished or not, and notes it as <see cref="RunAsync(StageContext, bool, CancellationToken)"/> does.</summary>
    public Task RunOneAsync(string name, StageContext context, CancellationToken cancellationToken)
    {
        var (notes, hashes) = (new StageNotes(context.Run), new ContentHashes(context.Run));
        var (i, stage) = stages.Index().First(s => s.Item.Name == name);
        return RunAsync(stage, context, Wanted(i, context, hashes), notes, hashes, cancellationToken);
    }

    private static async Task RunAsync(IStage stage, StageContext context, StageNote wanted, StageNotes notes, ContentHashes hashes, CancellationToken cancellationToken)
    {
        // Checkpoints of other inputs are not to be gone on from. A section may change while a stage is unfinished (its length,
        // how often it validates): the loop itself refuses what may not.
        if (notes[stage.Name] is { } former && (!former.HasInputs(wanted.Inputs) || (former.Outputs is not null && former.Settings != wanted.Settings))) SetAside(stage, context);
        notes.Write(stage.Name, wanted);
        context.Reporter.Line($"stage {stage.Name}: started");
        var started = Stopwatch.GetTimestamp();
        await stage.RunAsync(context, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        notes.Write(stage.Name, wanted with { Outputs = hashes.Of(stage.Outputs(context.Run)), Seconds = Math.Round(seconds, 1) });
        // Programs that started the trainer read these two lines.
        context.Reporter.Line(string.Create(CultureInfo.InvariantCulture, $"stage {stage.Name}: done in {seconds:F0} s"));
    }

    private static (bool IsSame, bool IsWhole) Compare(StageNote? former, StageNote wanted, IReadOnlyDictionary<string, string> outputs) =>
        former is null ? (false, false) : (former.Settings == wanted.Settings && former.HasInputs(wanted.Inputs), former.HasOutputs(outputs));

    // Hours of training are renamed, never deleted.
    private static void SetAside(IStage stage, StageContext context)
    {
        foreach (var folder in stage.Outputs(context.Run).Where(f => new CheckpointFolder(f, keep: 1).Steps.Count > 0))
        {
            var number = Enumerable.Range(1, int.MaxValue).First(n => !Directory.Exists($"{folder}.before-{n}"));
            Directory.Move(folder, $"{folder}.before-{number}");
            context.Reporter.Line($"  its inputs or settings changed: former checkpoints are now in {folder}.before-{number}");
        }
    }

    private StageNote Wanted(int index, StageContext context, ContentHashes hashes)
    {
        var inputs = stages[index].Inputs(context);
        var settings = new StringBuilder($"{context.Seed} {context.Device}");
        foreach (var stage in inputs is null ? stages.Take(index + 1) : [stages[index]]) settings.Append($"\n{stage.Name} {context.Recipe.SectionText(stage.Name)}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.ToString())));
        return new StageNote(hash, hashes.Of(inputs ?? stages.Take(index).SelectMany(s => s.Outputs(context.Run))));
    }
}
