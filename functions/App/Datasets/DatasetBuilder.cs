using ChatLoop.Core.Datasets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Datasets;

/// <summary>Makes a version of what people have said so far. The same judgements make the same version, which is stored once.</summary>
public sealed class DatasetBuilder(
    JudgementGatherer gatherer, DatasetSalt salt, DatasetStore store, IOptions<DatasetBuildOptions> options, TimeProvider time, ILogger<DatasetBuilder> logger)
{
    internal async Task<DatasetSummary> BuildAsync(CancellationToken cancellationToken)
    {
        var (version, notUsed) = await AssembleAsync(cancellationToken);
        await store.SaveAsync(version, cancellationToken);
        var summary = Summary(version);
        logger.DatasetBuilt(summary.Id, summary.Comparisons, summary.Demonstrations, summary.Ratings, summary.Users, notUsed);
        return summary;
    }

    /// <summary>What a version would hold now; none is stored.</summary>
    internal async Task<DatasetSummary> CountAsync(CancellationToken cancellationToken) => Summary((await AssembleAsync(cancellationToken)).Version);

    private async Task<(DatasetVersion Version, NotUsed NotUsed)> AssembleAsync(CancellationToken cancellationToken)
    {
        var (judgements, notUsed) = await gatherer.GatherAsync(cancellationToken);
        var version = DatasetAssembly.Assemble(judgements, new DatasetOptions
        {
            Name = options.Value.Name,
            Licence = options.Value.Licence,
            Created = time.GetUtcNow(),
            Salt = await salt.ReadAsync(cancellationToken),
            MostPromptsPerUser = options.Value.MostPromptsPerUser,
            HeldOutShare = options.Value.HeldOutShare,
        });
        return (version, notUsed);
    }

    private static DatasetSummary Summary(DatasetVersion version) =>
        DatasetSummary.Of(version.Id, version.Manifest.Created, version.Manifest.Users, version.Manifest.Files);
}
