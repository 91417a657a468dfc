using System.Text.Json.Nodes;
using ChatLoop.App.Feedback;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Feedback;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Feedback;

[Collection(AzuriteTests.Name)]
public sealed class GiveFeedbackTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_judgement_goes_on_the_queue_and_shows_once_it_is_collected()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann");
        await loop.Consent.SetAsync("ann", true, DateTimeOffset.UnixEpoch, default);
        await Queue(loop).ClearMessagesAsync();

        var (status, receipt) = await PostAsync(loop, "ann", Body(turn, """ "kind": "thumbDown", "reasons": ["untrue"], "comment": "Ü" """));

        Assert.Equal(202, status);
        var sent = QueueContracts.Feedback.Read((await Queue(loop).ReceiveMessageAsync()).Value.Body).Message!;
        Assert.Equal(((string?)receipt["id"], "ann", FeedbackKind.ThumbDown, "Ü", true), (sent.Id, sent.UserId, sent.Kind, sent.Comment, sent.AllowDataUse));
        await loop.CollectAsync(sent);
        var (_, said) = await Loop.ExecuteAsync(new ReadFeedback(loop.World.User, loop.Store).RunAsync(Loop.Request("ann", query: $"?conversationId={turn.ConversationId}"), default));
        Assert.Equal(("thumbDown", turn.TurnId, "untrue"), ((string?)said["judgements"]![0]!["kind"], (string?)said["judgements"]![0]!["turnId"], (string?)said["judgements"]![0]!["reasons"]![0]));
        var (_, others) = await Loop.ExecuteAsync(new ReadFeedback(loop.World.User, loop.Store).RunAsync(Loop.Request("bob", query: $"?conversationId={turn.ConversationId}"), default));
        Assert.Empty(others["judgements"]!.AsArray());
    }

    [SkippableFact]
    public async Task A_judgement_that_does_not_mention_consent_goes_by_the_one_before_it_even_before_that_is_collected()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann");
        await Queue(loop).ClearMessagesAsync();

        await PostAsync(loop, "ann", Body(turn, """ "kind": "thumbUp", "allowDataUse": true """));
        await PostAsync(loop, "ann", Body(turn, """ "kind": "correction", "correctedAnswer": "Very." """));
        foreach (var message in (await Queue(loop).ReceiveMessagesAsync(maxMessages: 2)).Value)
            await loop.Collect.RunAsync(message.Body, default);

        Assert.Equal([true, true], (await loop.StoredAsync()).Select(stored => stored.Message.AllowDataUse));
        Assert.True(await loop.Consent.AllowsAsync("ann"));
    }

    [SkippableTheory]
    [InlineData("ann", """ "kind": "thumbUp", "stars": 5 """, 400, "unknown_field")]
    [InlineData("ann", """ "kind": "wonderful" """, 400, "invalid_type")]
    [InlineData("ann", """ "kind": "correction" """, 400, "invalid_feedback")]
    [InlineData("ann", """ "kind": "thumbUp", "kind": "thumbDown" """, 400, "invalid_json")]
    [InlineData("ann", """ "kind": "preference", "preferredDraft": "a", "otherDraft": "b" """, 404, "draft_not_found")]
    [InlineData("bob", """ "kind": "thumbUp" """, 403, "not_yours")]
    [InlineData(null, """ "kind": "thumbUp" """, 401, "unknown_user")]
    public async Task What_cannot_be_taken_is_refused_and_not_sent(string? user, string fields, int status, string code)
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann");
        await Queue(loop).ClearMessagesAsync();

        var refused = await PostAsync(loop, user, Body(turn, fields));

        Assert.Equal((status, code), (refused.Status, (string?)refused.Body["error"]!["code"]));
        Assert.NotEmpty((string)refused.Body["error"]!["message"]!);
        Assert.Null((await Queue(loop).PeekMessageAsync()).Value);
    }

    [SkippableTheory]
    [InlineData("../secret", 400, "invalid_feedback")]
    [InlineData("..", 404, "conversation_not_found")]
    [InlineData("0123456789abcdef0123456789abcdef", 404, "conversation_not_found")]
    public async Task A_conversation_that_is_none_is_refused(string conversationId, int status, string code)
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var json = new JsonObject { ["conversationId"] = conversationId, ["turnId"] = "t", ["kind"] = "thumbUp" }.ToJsonString();

        var refused = await PostAsync(loop, "ann", json);

        Assert.Equal((status, code), (refused.Status, (string?)refused.Body["error"]!["code"]));
    }

    private static Azure.Storage.Queues.QueueClient Queue(Loop loop) => loop.Account.Queues.GetQueueClient(QueueContracts.Feedback.Queue);

    private static string Body((string ConversationId, string TurnId) turn, string fields) => $$"""{ "conversationId": "{{turn.ConversationId}}", "turnId": "{{turn.TurnId}}", {{fields}} }""";

    private static Task<(int Status, JsonNode Body)> PostAsync(Loop loop, string? user, string json) => Loop.ExecuteAsync(
        new GiveFeedback(loop.World.User, loop.World.Conversations, loop.Consent, loop.Account.Sender, TimeProvider.System, NullLogger<GiveFeedback>.Instance)
            .RunAsync(Loop.Request(user, json), default));
}
