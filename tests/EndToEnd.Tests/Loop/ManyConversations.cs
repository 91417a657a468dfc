using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>Makes many answered turns of one that the app has answered: as many as people could judge on a bad day take too long to ask for.</summary>
internal static class ManyConversations
{
    private const int TurnsEach = 45;

    /// <param name="model">A conversation of one answered turn.</param>
    public static async Task<IReadOnlyList<AnsweredTurn>> CopyAsync(string connectionString, string model, int turns, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(connectionString, "conversations");
        var stored = (await container.GetBlobClient(Name(model)).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
        var copies = Enumerable.Range(0, turns).Select(turn => new AnsweredTurn($"flood-{turn / TurnsEach}", Id($"conversation {turn / TurnsEach}"), Id($"turn {turn}"))).ToList();
        foreach (var conversation in copies.GroupBy(turn => (turn.UserId, turn.ConversationId)))
        {
            var copy = JsonNode.Parse(stored)!;
            var answered = copy["turns"]![0]!;
            (copy["id"], copy["userId"]) = (conversation.Key.ConversationId, conversation.Key.UserId);
            copy["turns"] = new JsonArray([.. conversation.Select(turn => With(answered, turn.TurnId))]);
            await container.GetBlobClient(Name(conversation.Key.ConversationId)).UploadAsync(new BinaryData(copy.ToJsonString()), cancellationToken);
        }

        return copies;
    }

    private static JsonNode With(JsonNode turn, string id)
    {
        var copy = turn.DeepClone();
        copy["id"] = id;
        return copy;
    }

    private static string Name(string conversationId) => $"conversations/{conversationId}.json";

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
