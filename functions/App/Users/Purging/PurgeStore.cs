using ChatLoop.App.Storage;

namespace ChatLoop.App.Users.Purging;

/// <summary>Which users were purged, and what came of it. Rows stand under a hash of the user's id and hold nothing else of them.</summary>
public sealed class PurgeStore(AppTables tables, TimeProvider time)
{
    private const string MarkRow = "purged";

    private readonly RowStore<PurgeMark> _marks = new(tables.Users, ReadableJson.Types.PurgeMark, time);
    private readonly RowStore<PurgeReport> _reports = new(tables.Users, ReadableJson.Types.PurgeReport, time);

    /// <summary>From now on, what was said before is not taken any more.</summary>
    internal Task MarkAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken) => _marks.ChangeAsync(
        UserKey.Of(userId), MarkRow, stored => stored is null || at > stored.At ? new PurgeMark(at) : stored, cancellationToken);

    /// <summary>Whether something that was said at a time fell to a purge of its user.</summary>
    internal async Task<bool> CoversAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await _marks.FindAsync(UserKey.Of(userId), MarkRow, cancellationToken) is { } mark && at <= mark.At;

    internal Task<PurgeReport?> FindAsync(string userId, string purgeId, CancellationToken cancellationToken) =>
        _reports.FindAsync(UserKey.Of(userId), Row(purgeId), cancellationToken);

    /// <summary>Keeps a report; one that has ended stays as it is.</summary>
    internal Task KeepAsync(string userId, PurgeReport report, CancellationToken cancellationToken) => _reports.ChangeAsync(
        UserKey.Of(userId), Row(report.PurgeId), stored => stored?.EndedAt is null ? report : stored, cancellationToken);

    private static string Row(string purgeId) => $"purge:{purgeId}";
}
