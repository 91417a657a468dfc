using System.Net;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>A user who takes what is stored of them along and has it deleted, after <see cref="LoopTests"/> had them chat, judge and own half of the tasks.</summary>
internal static class LeavingUser
{
    private static readonly int OwnTasks = TwelveTasks.Tasks.Length / 2;

    public static async Task ExportAsync(Person user, CancellationToken cancellationToken)
    {
        var export = await user.GetAsync("/api/users/me/export", cancellationToken);
        Assert.Contains(export["conversations"]!.AsArray(), conversation => $"{conversation!["turns"]}".Contains("What is a volcano?", StringComparison.Ordinal));
        Assert.Contains(export["judgements"]!.AsArray(), judgement => $"{judgement!["message"]}".Contains("A volcano is an opening in the earth.", StringComparison.Ordinal));
        // Tasks on which people and model disagree are asked once more.
        Assert.True(export["labelingTasks"]!.AsArray().Count >= OwnTasks, $"{export["labelingTasks"]}");
        Assert.True(export["consent"]!["allowDataUse"]!.GetValue<bool>());
    }

    /// <param name="dataset">The only version until now, which holds prompts of the user.</param>
    public static async Task PurgeAsync(Person user, string dataset, CancellationToken cancellationToken)
    {
        var (status, receipt) = await user.SendAsync(HttpMethod.Delete, "/api/users/me", cancellationToken: cancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, status);
        var purge = await user.UntilAsync(ChatApi.Text(receipt!, "statusUrl"), found => ChatApi.Text(found, "status") != "running", cancellationToken);

        Assert.True(ChatApi.Text(purge, "status") == "completed", $"{purge}");
        var deleted = purge["deleted"]!;
        // One conversation from the feedback, and one from each of the two models that served since.
        Assert.Equal((3, 2), (deleted["conversations"]!.GetValue<int>(), deleted["judgements"]!.GetValue<int>()));
        Assert.True(deleted["labelingTasks"]!.GetValue<int>() >= OwnTasks, $"{deleted}");
        Assert.Equal(deleted.AsObject().Select(kind => kind.Key), purge["remaining"]!.AsObject().Select(kind => kind.Key));
        Assert.All(purge["remaining"]!.AsObject(), kind => Assert.Equal(0, kind.Value!.GetValue<int>()));
        Assert.Equal([dataset], purge["datasets"]!.AsArray().Select(id => id!.GetValue<string>()));

        var export = await user.GetAsync("/api/users/me/export", cancellationToken);
        Assert.All(deleted.AsObject(), kind => Assert.True(IsEmpty(export[kind.Key]), $"{kind.Key}: {export[kind.Key]}"));
    }

    public static async Task ExpectNothingInNextVersionAsync(Person administrator, string dataset, CancellationToken cancellationToken)
    {
        var next = await administrator.PostAsync("/api/datasets", null, cancellationToken);

        Assert.NotEqual(dataset, ChatApi.Text(next, "id"));
        // What nobody owns is left.
        Assert.Equal((TwelveTasks.Tasks.Length - OwnTasks, 0), (next["comparisons"]!.GetValue<int>(), next["demonstrations"]!.GetValue<int>()));
        Assert.Equal(1, next["users"]!.GetValue<int>());
    }

    private static bool IsEmpty(JsonNode? kind) => kind switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonObject fields => fields.Count == 0,
        _ => false,
    };
}
