using System.Text.Json.Nodes;

namespace ChatLoop.App.Users;

/// <summary>One kind of what is stored about users. Whoever stores something of a user registers one, and export and purge are complete.</summary>
public interface IUserData
{
    /// <summary>In camel case, as the export and the purge's report name it.</summary>
    string Kind { get; }

    Task<int> CountAsync(string userId, CancellationToken cancellationToken);

    /// <returns>Everything of this kind, as it is stored; null where there is nothing.</returns>
    Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Deletes everything of this kind. It may run again after a crash, and when nothing is left.</summary>
    Task PurgeAsync(string userId, CancellationToken cancellationToken);
}
