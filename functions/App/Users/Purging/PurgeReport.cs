namespace ChatLoop.App.Users.Purging;

/// <summary>A purge as it is stored and shown. It names nobody.</summary>
/// <param name="Status">running; completed, where nothing is left; incomplete, where something is.</param>
/// <param name="Datasets">Versions of the data set that were built while the user's prompts were there; null until the purge has ended.</param>
internal sealed record PurgeReport(
    string PurgeId,
    string Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyDictionary<string, int> Deleted,
    IReadOnlyDictionary<string, int> Remaining,
    IReadOnlyList<string>? Datasets = null)
{
    public const string Running = "running", Completed = "completed", Incomplete = "incomplete", Failed = "failed";
}
