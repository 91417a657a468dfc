using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChatLoop.Training.Cli;

/// <summary>
/// Runs stages in order and notes each that has finished, with a hash of its own and all earlier sections, seed and
/// device: `train` after a stop goes on where it was, and a changed section runs again with all that follows it.
/// </summary>
internal sealed class StageSequence(IReadOnlyList<IStage> stages)
{
    private const string NoteFile = "stages.json";

    public async Task RunAsync(StageContext context, bool again, CancellationToken cancellationToken)
    {
        var file = Path.Combine(context.Run.Root, NoteFile);
        var finished = !again && File.Exists(file) ? Read(file) : [];
        var history = $"{context.Seed} {context.Device}";
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            history += $"\n{stage.Name} {context.Recipe.SectionText(stage.Name)}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(history)));
            if (finished.GetValueOrDefault(stage.Name) == hash)
            {
                context.Reporter.Line($"[{i + 1}/{stages.Count}] {stage.Name}: finished before (--again runs it once more)");
                continue;
            }

            context.Reporter.Line($"[{i + 1}/{stages.Count}] {stage.Name}: {stage.Description}");
            await stage.RunAsync(context, cancellationToken);
            finished[stage.Name] = hash;
            var draft = file + ".new";
            await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(finished), CancellationToken.None);
            File.Move(draft, file, overwrite: true);
        }
    }

    private static Dictionary<string, string> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
        }
        catch (JsonException e)
        {
            throw new StageException($"{file} is damaged ({e.Message}): delete it to run every stage again.", e);
        }
    }
}
