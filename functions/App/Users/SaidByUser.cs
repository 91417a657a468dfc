using System.Text.Json.Nodes;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Users;

/// <summary>A user's part of the journal.</summary>
public sealed class SaidByUser(Journal journal) : IUserData
{
    public string Kind => "journal";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await journal.ListAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var files = new JsonObject();
        foreach (var name in await journal.ListAsync(userId, cancellationToken))
        {
            var lines = (await journal.ReadAsync(userId, name, cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            files[name] = new JsonArray([.. lines.Select(line => JsonNode.Parse(line))]);
        }

        return files;
    }

    public Task PurgeAsync(string userId, CancellationToken cancellationToken) => journal.PurgeAsync(userId, cancellationToken);
}
