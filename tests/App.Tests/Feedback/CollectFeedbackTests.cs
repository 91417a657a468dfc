using System.Text;
using ChatLoop.App.Feedback;
using ChatLoop.App.Poison;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Feedback;

[Collection(AzuriteTests.Name)]
public sealed class CollectFeedbackTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_judgement_is_stored_with_what_it_is_about()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var first = await loop.AnsweredAsync("ann");
        var second = await loop.AnsweredAsync("ann", conversationId: first.ConversationId);

        await loop.CollectAsync(Loop.Message("ann", second, FeedbackKind.Correction) with { CorrectedAnswer = "Very.", AllowDataUse = true });

        var stored = Assert.Single(await loop.StoredAsync());
        Assert.Equal(["user: Is ice cold?", "assistant: Yes.", "user: Is ice cold?"], stored.Prompt.Select(message => $"{message.Role}: {message.Content}"));
        Assert.Equal(("Yes.", "Very.", true), (stored.Answer, stored.Message.CorrectedAnswer, stored.Message.AllowDataUse));
        Assert.True(await loop.Consent.AllowsAsync("ann"));
        Assert.Contains("Very.", await loop.Account.Journal.ReadAsync("ann", "feedback-0000.jsonl", default), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Any_duplicates_in_any_order_leave_the_same_rows()
    {
        var ends = new List<string>();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var loop = await Loop.CreateAsync(azurite.ConnectionString);
            var turn = await loop.AnsweredAsync("ann", twoDrafts: true);
            FeedbackMessage[] messages =
            [
                Loop.Message("ann", turn, FeedbackKind.ThumbUp, 1),
                Loop.Message("ann", turn, FeedbackKind.ThumbDown, 2) with { AllowDataUse = true },
                Preference(turn, "a", "b", 3),
                Preference(turn, "b", "a", 4),
                Loop.Message("ann", turn, FeedbackKind.ThumbUp, 5),
            ];
            var order = new Random(seed);
            foreach (var message in messages.Concat(messages).OrderBy(_ => order.Next()))
                await loop.CollectAsync(message);

            var reply = (await loop.World.Conversations.ReadAsync(turn.ConversationId)).ReadTurn(turn.TurnId).Reply!;
            var rows = (await loop.StoredAsync()).Select(row => $"{row.Message.Id} {row.Message.PreferredDraft} {row.Answer} {string.Join('|', row.Drafts!.Select(draft => draft.Text))}").Order();
            ends.Add($"{string.Join("; ", rows)} => {reply.Choice!.DraftId} {reply.Text} {reply.FinishReason}, {await loop.Consent.AllowsAsync("ann")}");
        }

        Assert.Equal("Preference-4 b  Yes.|It is.; ThumbUp-5   Yes.|It is. => b It is. length, False", Assert.Single(ends.Distinct()));
    }

    [SkippableFact]
    public async Task A_crash_after_the_journal_is_made_good_by_the_next_delivery()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann");
        var message = Loop.Message("ann", turn);
        await loop.Account.Journal.AppendAsync("ann", FeedbackStore.JournalKind, message, FeedbackJsonContext.Default.FeedbackMessage, default);

        await loop.CollectAsync(message);
        await loop.CollectAsync(message);

        Assert.Single(await loop.StoredAsync());
        // The line of the crash and the one of the row: readers go by the id.
        Assert.Equal(2, (await loop.Account.Journal.ReadAsync("ann", "feedback-0000.jsonl", default)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_request_is_made_good_by_the_next_delivery(bool afterServing)
    {
        var crash = new Crash();
        var loop = await Loop.CreateAsync(azurite.ConnectionString, crash);
        var requests = 0;
        for (var crashed = true; crashed; requests++)
        {
            var user = $"user{requests}";
            var turn = await loop.AnsweredAsync(user, twoDrafts: true);
            var message = Preference(turn, "b", "a", 1) with { UserId = user, AllowDataUse = true };
            crash.Arm(requests, afterServing);
            crashed = await Record.ExceptionAsync(() => loop.CollectAsync(message)) is CrashException;
            crash.Disarm();
            if (crashed)
                await loop.CollectAsync(message);

            Assert.Equal("b", (await loop.Store.OfConversationAsync(user, turn.ConversationId, default).SingleAsync()).Message.PreferredDraft);
            Assert.Equal("It is.", (await loop.World.Conversations.ReadAsync(turn.ConversationId)).ReadTurn(turn.TurnId).Reply!.Text);
            Assert.True(await loop.Consent.AllowsAsync(user));
            var said = (await loop.Account.Journal.ReadAsync(user, "feedback-0000.jsonl", default)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Single(said.Distinct());
        }

        Assert.True(requests > 8, $"Only {requests} requests were seen.");
        Assert.Empty(await loop.FailedAsync());
    }

    [SkippableFact]
    public async Task A_choice_after_the_next_question_does_not_change_what_the_model_was_asked()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann", twoDrafts: true);
        await loop.AnsweredAsync("ann", conversationId: turn.ConversationId);

        await loop.CollectAsync(Preference(turn, "b", "a", 1));

        var reply = (await loop.World.Conversations.ReadAsync(turn.ConversationId)).ReadTurn(turn.TurnId).Reply!;
        Assert.Equal(("b", "Yes."), (reply.Choice!.DraftId, reply.Text));
    }

    [SkippableTheory]
    [InlineData("not JSON", "cannot be read")]
    [InlineData("""{ "schemaVersion": 0 }""", "too old")]
    [InlineData("""{ "schemaVersion": 1, "id": "m", "userId": "ann", "conversationId": "gone", "turnId": "t", "kind": "thumbUp", "at": "2026-01-01T00:00:00Z" }""", "no conversation gone")]
    public async Task A_message_that_can_never_be_taken_is_recorded_once_and_not_tried_again(string message, string reason)
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);

        await loop.CollectAsync(message);
        await loop.CollectAsync(message);

        var failed = Assert.Single(await loop.FailedAsync());
        Assert.Contains(reason, Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Equal((message, 2, FailedMessageState.Waiting), (Encoding.UTF8.GetString(failed.Body!), failed.Times, failed.State));
        Assert.Empty(await loop.StoredAsync());
    }

    [SkippableFact]
    public async Task What_is_not_the_judges_own_or_not_there_is_recorded_with_the_reason()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var turn = await loop.AnsweredAsync("ann", twoDrafts: true);
        var (_, open) = await loop.World.AcceptAsync("And fire?", turn.ConversationId, userId: "ann");

        await loop.CollectAsync(Loop.Message("bob", turn));
        await loop.CollectAsync(Loop.Message("ann", turn with { TurnId = "none" }));
        await loop.CollectAsync(Loop.Message("ann", turn with { TurnId = open }));
        await loop.CollectAsync(Preference(turn, "a", "c", 1));

        var reasons = string.Join('\n', (await loop.FailedAsync()).SelectMany(failed => failed.Reasons));
        foreach (var reason in new[] { "is not of the user", "no turn none", "no answer yet", "no draft c" })
            Assert.Contains(reason, reasons, StringComparison.Ordinal);
        Assert.Empty(await loop.StoredAsync());
    }

    [SkippableFact]
    public async Task Storage_that_fails_is_tried_again_and_its_poison_record_says_how_it_failed()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var message = Loop.Message("ann", await loop.AnsweredAsync("ann"));
        loop.World.Blobs.Before = _ => BlobService.Error(System.Net.HttpStatusCode.InternalServerError, "InternalError");

        for (var attempt = 1; attempt <= 2; attempt++)
            await Assert.ThrowsAnyAsync<Exception>(() => loop.CollectAsync(message));
        await new PoisonQueues(loop.Failed, loop.Attempts).FeedbackAsync(new BinaryData(QueueContracts.Feedback.Write(message)), default);

        var failed = Assert.Single(await loop.FailedAsync());
        Assert.Contains("failed 2 times, the last time with RequestFailedException", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Equal(2, failed.DequeueCount);
    }

    private static FeedbackMessage Preference((string ConversationId, string TurnId) turn, string preferred, string other, int minute) =>
        Loop.Message("ann", turn, FeedbackKind.Preference, minute) with { PreferredDraft = preferred, OtherDraft = other };
}
