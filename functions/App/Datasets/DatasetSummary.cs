using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>A version in a few figures: lines of its files, held-out ones too.</summary>
/// <param name="Comparisons">Pairs and ranked answers.</param>
/// <param name="Users">Whose prompts are in it.</param>
public sealed record DatasetSummary(string Id, DateTimeOffset Created, int Comparisons, int Demonstrations, int Ratings, int Users)
{
    internal static DatasetSummary Of(string id, DateTimeOffset created, int users, IReadOnlyDictionary<string, DatasetFile> files)
    {
        return new DatasetSummary(id, created, Records("pairs.jsonl") + Records("ranked.jsonl"), Records("demonstrations.jsonl"), Records("ratings.jsonl"), users);

        int Records(string file) => files.Where(found => found.Key.EndsWith($"/{file}", StringComparison.Ordinal)).Sum(found => found.Value.Records);
    }
}
