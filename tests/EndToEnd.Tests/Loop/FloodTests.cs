using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>
/// Nothing of what people say is lost or counted twice, though messages come twice, come broken, and the host is killed. By default 1,000
/// messages; CHATLOOP_FLOOD_MESSAGES=10000 for more.
/// </summary>
public sealed class FloodTests
{
    private const int Kills = 5;

    [SkippableFact]
    public async Task Counts_are_exactly_right_after_duplicates_broken_messages_and_five_kills()
    {
        Skip.If(Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS") is { Length: > 0 }, "the app was not started by these tests");
        var count = Environment.GetEnvironmentVariable("CHATLOOP_FLOOD_MESSAGES") is { Length: > 0 } wish ? int.Parse(wish, CultureInfo.InvariantCulture) : 1_000;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5 + (count / 500.0)));
        var settings = OwnSettings.Create();
        var port = AppProcess.FreePort();
        Flood flood;

        var app = await AppProcess.StartAsync(port, settings, patience.Token);
        try
        {
            flood = new Flood(count, await TurnsAsync(app.Address, settings["AzureWebJobsStorage"], count, patience.Token), seed: 1);
            var queue = new QueueClient(settings["AzureWebJobsStorage"], "feedback", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
            await Parallel.ForEachAsync(
                flood.Messages,
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = patience.Token },
                async (message, token) => await queue.SendMessageAsync(new BinaryData(message), cancellationToken: token));

            for (var kill = 1; kill <= Kills; kill++)
            {
                await UntilAsync(app.Address, overview => Messages(overview) <= count * (Kills - kill + 1) / (Kills + 1), patience.Token);
                await app.KillAsync();
                await app.DisposeAsync();
                app = await AppProcess.StartAsync(port, settings, patience.Token);
            }

            // What was in the works at a kill is hidden until its lease ends: two minutes.
            var end = await UntilAsync(app.Address, overview => Messages(overview) == 0 && Feedback(overview) == flood.Up + flood.Down, patience.Token);

            Assert.Equal((flood.Up, flood.Down), (end["feedback"]!["thumbUp"]!.GetValue<int>(), end["feedback"]!["thumbDown"]!.GetValue<int>()));
            using var administrator = new Person(app.Address, "adam");
            var failed = await administrator.GetAsync("/api/admin/failed?queue=feedback", patience.Token);
            Assert.Equal(flood.Malformed, failed["messages"]!.AsArray().Count);
            Assert.All(failed["messages"]!.AsArray(), message => Assert.NotEmpty(message!["reasons"]!.AsArray()));
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<AnsweredTurn>> TurnsAsync(Uri address, string connectionString, int count, CancellationToken cancellationToken)
    {
        using var user = new Person(address, "uma");
        var answered = await ChatApi.AskAsync(user.Http, new { message = "What is a volcano?" }, cancellationToken: cancellationToken);
        return await ManyConversations.CopyAsync(connectionString, ChatApi.Text(answered, "conversationId"), count, cancellationToken);
    }

    private static async Task<JsonNode> UntilAsync(Uri address, Func<JsonNode, bool> isWanted, CancellationToken cancellationToken)
    {
        using var administrator = new Person(address, "adam");
        return await administrator.UntilAsync("/api/admin/overview", isWanted, cancellationToken);
    }

    private static int Messages(JsonNode overview) => overview["queues"]!.AsArray().Single(queue => ChatApi.Text(queue!, "queue") == "feedback")!["messages"]!.GetValue<int>();

    private static int Feedback(JsonNode overview) => overview["feedback"]!["thumbUp"]!.GetValue<int>() + overview["feedback"]!["thumbDown"]!.GetValue<int>();
}
