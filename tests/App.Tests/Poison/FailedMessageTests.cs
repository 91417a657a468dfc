using System.Text;
using ChatLoop.App.Poison;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Feedback;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Poison;

[Collection(AzuriteTests.Name)]
public sealed class FailedMessageTests(AzuriteFixture azurite)
{
    private const string Good = """{ "schemaVersion": 1, "id": "m", "userId": "ann", "conversationId": "c", "turnId": "t", "kind": "thumbUp", "at": "2026-01-01T00:00:00Z" }""";

    [SkippableFact]
    public async Task A_message_is_listed_with_its_reasons_by_queue_and_state()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        await RecordAsync(loop, "{}");
        await RecordAsync(loop, "no JSON");
        await loop.Failed.RecordAsync("labeling-tasks", Bytes("{}"), ["Why."], 1, default);

        var (_, feedback) = await Loop.ExecuteAsync(loop.Admin.ListAsync(Loop.Request(query: "?queue=feedback&state=waiting"), default));
        var (_, all) = await Loop.ExecuteAsync(loop.Admin.ListAsync(Loop.Request(), default));

        Assert.Equal(["\"no JSON\"", "{}"], feedback["messages"]!.AsArray().Select(message => message!["message"]!.ToJsonString()).Order());
        Assert.Equal(3, all["messages"]!.AsArray().Count);
        Assert.All(all["messages"]!.AsArray(), message => Assert.NotEmpty(message!["reasons"]!.AsArray()));
    }

    [SkippableTheory]
    [InlineData("?queue=other", "unknown_queue")]
    [InlineData("?state=1", "unknown_state")]
    public async Task A_list_of_what_is_not_there_is_refused(string query, string code)
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);

        var (status, body) = await Loop.ExecuteAsync(loop.Admin.ListAsync(Loop.Request(query: query), default));

        Assert.Equal((400, code), (status, (string?)body["error"]!["code"]));
    }

    [SkippableFact]
    public async Task A_message_goes_back_as_it_is_and_waits_again_when_it_fails_again()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var id = await RecordAsync(loop, Good);
        await Queue(loop).ClearMessagesAsync();

        var (status, shown) = await Loop.ExecuteAsync(loop.Admin.RequeueAsync(Loop.Request(), id, default));

        Assert.Equal((200, "requeued"), (status, (string?)shown["state"]));
        Assert.Equal(Good, (await Queue(loop).ReceiveMessageAsync()).Value.Body.ToString());
        await RecordAsync(loop, Good);
        Assert.Equal(FailedMessageState.Waiting, (await loop.Failed.FindAsync(id, default))!.State);
    }

    [SkippableFact]
    public async Task A_message_that_fails_again_before_it_is_marked_stays_in_waiting()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var id = await RecordAsync(loop, Good);
        var before = (await loop.Failed.FindAsync(id, default))!;
        await RecordAsync(loop, Good);

        await loop.Failed.MarkRequeuedAsync(before, default);

        Assert.Equal(FailedMessageState.Waiting, (await loop.Failed.FindAsync(id, default))!.State);
    }

    [SkippableFact]
    public async Task A_message_with_mistakes_goes_back_only_when_it_is_repaired()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var id = await RecordAsync(loop, """{ "schemaVersion": 1 }""");
        await Queue(loop).ClearMessagesAsync();

        var asItIs = await Loop.ExecuteAsync(loop.Admin.RequeueAsync(Loop.Request(), id, default));
        var stillWrong = await Loop.ExecuteAsync(loop.Admin.RequeueAsync(Loop.Request(json: """{ "message": { "schemaVersion": 1, "id": "m" } }"""), id, default));
        Assert.Null((await Queue(loop).PeekMessageAsync()).Value);
        var repaired = await Loop.ExecuteAsync(loop.Admin.RequeueAsync(Loop.Request(json: $$"""{ "message": {{Good}} }"""), id, default));

        Assert.Equal((422, 422, 200), (asItIs.Status, stillWrong.Status, repaired.Status));
        Assert.Contains("userId is missing.", (string)stillWrong.Body["error"]!["message"]!, StringComparison.Ordinal);
        Assert.True(QueueContracts.Feedback.Read((await Queue(loop).ReceiveMessageAsync()).Value.Body).IsValid);
        Assert.Equal("requeued", (string?)repaired.Body["state"]);
    }

    [SkippableFact]
    public async Task All_of_a_queue_go_back_but_those_with_mistakes_and_those_that_were_discarded()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        await RecordAsync(loop, Good);
        var wrong = await RecordAsync(loop, "{}");
        var unwanted = await RecordAsync(loop, Good.Replace("\"m\"", "\"n\"", StringComparison.Ordinal));
        var (discarded, _) = await Loop.ExecuteAsync(loop.Admin.DiscardAsync(Loop.Request(query: "?reason=A%20test."), unwanted, default));
        await Queue(loop).ClearMessagesAsync();

        var (status, report) = await Loop.ExecuteAsync(loop.Admin.RequeueAllAsync(Loop.Request(query: "?queue=feedback"), default));

        Assert.Equal((200, 200, 1), (discarded, status, (int)report["requeued"]!));
        Assert.Equal(wrong, (string?)Assert.Single(report["skipped"]!.AsArray()));
        Assert.Equal("A test.", (await loop.Failed.FindAsync(unwanted, default))!.Note);
        Assert.Equal(1, (await Queue(loop).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [SkippableFact]
    public async Task A_discard_wants_a_reason_and_stands_when_the_message_comes_again()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var id = await RecordAsync(loop, "{}");

        var (withoutReason, _) = await Loop.ExecuteAsync(loop.Admin.DiscardAsync(Loop.Request(), id, default));
        await Loop.ExecuteAsync(loop.Admin.DiscardAsync(Loop.Request(query: "?reason=Noise."), id, default));
        await RecordAsync(loop, "{}");

        Assert.Equal(400, withoutReason);
        Assert.Equal((FailedMessageState.Discarded, 2), ((await loop.Failed.FindAsync(id, default))!.State, (await loop.Failed.FindAsync(id, default))!.Times));
    }

    [SkippableFact]
    public async Task A_message_too_large_for_a_row_is_kept_whole_beside_it()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var body = new byte[1_500_000];
        new Random(1).NextBytes(body);

        await loop.Failed.RecordAsync("labeling-tasks", body, ["Too large."], 1, default);

        var message = Assert.Single(await loop.FailedAsync());
        Assert.Null(message.Body);
        Assert.Equal(body, await loop.Failed.BodyAsync(message, default));
    }

    [SkippableFact]
    public async Task Each_poison_queue_records_what_its_contract_finds()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var poison = new PoisonQueues(loop.Failed, loop.Attempts);

        await poison.FeedbackAsync(new BinaryData("{}"), default);
        await poison.LabelingTasksAsync(new BinaryData("[]"), default);
        await poison.RewardLabelingAsync(new BinaryData(new byte[50_000]), default);

        var reasons = (await loop.FailedAsync()).OrderBy(message => message.Queue, StringComparer.Ordinal).Select(message => $"{message.Queue}: {string.Join(' ', message.Reasons)}");
        Assert.Equal(
            [
                "feedback: The message has no schemaVersion; the current one is 1.",
                "labeling-tasks: The message is no JSON object.",
                "reward-labeling: The message has 50000 bytes; at most 49152 are taken.",
            ],
            reasons);
    }

    [Theory]
    [InlineData("""{ "userId": "ann" }""", "ann")]
    [InlineData("""{ "submittedBy": "bob", "ownerId": "ann" }""", "ann,bob")]
    [InlineData("""{ "userId": 7 }""", "")]
    [InlineData("no JSON", "")]
    [InlineData("[]", "")]
    public void The_users_of_a_message_are_read_as_far_as_they_can_be(string message, string users) => Assert.Equal(users, string.Join(',', MessageChecks.Owners(Bytes(message))));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<string> RecordAsync(Loop loop, string message)
    {
        await loop.Failed.RecordAsync("feedback", Bytes(message), ["Why."], 1, default);
        return FailedMessages.IdOf("feedback", Bytes(message));
    }

    private static Azure.Storage.Queues.QueueClient Queue(Loop loop) => loop.Account.Queues.GetQueueClient("feedback");
}
