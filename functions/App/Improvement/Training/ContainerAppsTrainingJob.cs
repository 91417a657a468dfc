using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.Core.Improvement;

namespace ChatLoop.App.Improvement.Training;

/// <summary>
/// Trains as an Azure Container Apps job. The run folder travels through the loop's container: what the trainer needs lies in
/// `training/{runId}/in` before the job starts, and the job's image leaves what it made in `training/{runId}/out`.
/// </summary>
public sealed class ContainerAppsTrainingJob(BlobContainerClient container, ContainerAppsClient job) : ITrainingJob
{
    private const string RecipeFile = "recipe.json";

    // Folders that a recipe names, and where they lie below the job's working folder.
    private static readonly (string Section, string Key, string Place)[] Inputs =
        [("data", "folder", "data"), ("base", "model", "base"), ("judge", "model", "judge"), ("eval", "moderation", "moderation")];

    public void CheckSetup() => job.CheckSetup();

    public async Task<TrainingStatus> StartAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        CheckSetup();
        if (await FindExecutionAsync(run, cancellationToken) is not null && await StatusAsync(run, cancellationToken) is { State: TrainingState.Running or TrainingState.Succeeded } status)
            return status;
        if (!await Blob(run, $"in/{RecipeFile}").ExistsAsync(cancellationToken))
            await UploadAsync(run, cancellationToken);
        var execution = await job.StartAsync(
            new Dictionary<string, string> { ["CHATLOOP_CONTAINER"] = container.Uri.AbsoluteUri, ["CHATLOOP_RUN"] = Prefix(run) }, cancellationToken);
        // A crash before this starts a second execution, which makes the same model of the same inputs.
        await Blob(run, "execution").UploadAsync(new BinaryData(execution), overwrite: true, cancellationToken);
        return new TrainingStatus(TrainingState.Running, $"Execution {execution}.");
    }

    public async Task<TrainingStatus> StatusAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        if (await FindExecutionAsync(run, cancellationToken) is not { } execution)
            return new TrainingStatus(TrainingState.Interrupted, "The training has not been started.");
        var status = await job.StatusAsync(execution, cancellationToken);
        return status switch
        {
            "Succeeded" => new TrainingStatus(TrainingState.Succeeded, $"Execution {execution} succeeded."),
            "Failed" => new TrainingStatus(TrainingState.Failed, $"Execution {execution} failed; its log says why."),
            "Stopped" or "Degraded" => new TrainingStatus(TrainingState.Interrupted, $"Execution {execution} was stopped."),
            _ => new TrainingStatus(TrainingState.Running, $"Execution {execution}: {status}."),
        };
    }

    public async Task CancelAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        if (await FindExecutionAsync(run, cancellationToken) is { } execution)
            await job.StopAsync(execution, cancellationToken);
    }

    public async Task FetchAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var last = Path.Combine(run.WorkFolder, ImprovementResult.FileName);
        if (File.Exists(last))
            return;
        var prefix = $"{Prefix(run)}/out/";
        string[] wanted = [$"{ImprovementResult.ModelFolder}/", ImprovementResult.ReportFile, ImprovementResult.FileName];
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            names.Add(blob.Name[prefix.Length..]);
        // The result comes last: where it lies, the rest does.
        foreach (var name in names.Where(name => wanted.Any(part => name.StartsWith(part, StringComparison.Ordinal))).OrderBy(name => name == ImprovementResult.FileName))
        {
            var path = Path.Combine(run.WorkFolder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await container.GetBlobClient(prefix + name).DownloadToAsync(path, cancellationToken);
        }
    }

    private async Task UploadAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        var recipe = JsonNode.Parse(await File.ReadAllTextAsync(run.RecipeFile, cancellationToken))!;
        foreach (var (section, key, place) in Inputs)
        {
            if (recipe[section]?[key]?.GetValue<string>() is not { Length: > 0 } folder)
                continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                await Blob(run, $"in/{place}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}").UploadAsync(file, overwrite: true, cancellationToken);
            recipe[section]![key] = place;
        }

        await Blob(run, $"in/{RecipeFile}").UploadAsync(new BinaryData(recipe.ToJsonString()), overwrite: true, cancellationToken);
    }

    private async Task<string?> FindExecutionAsync(TrainingRun run, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(run, "execution").DownloadContentAsync(cancellationToken)).Value.Content.ToString();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private BlobClient Blob(TrainingRun run, string name) => container.GetBlobClient($"{Prefix(run)}/{name}");

    private static string Prefix(TrainingRun run) => $"training/{run.RunId}";
}
