using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Core.Feedback;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Feedback;

public sealed class QueueContractsTests
{
    private const string Feedback = """{ "schemaVersion": 1, "id": "m1", "userId": "ana", "conversationId": "c1", "turnId": "t1", "kind": "thumbDown", "reasons": ["untrue"], "at": "2026-11-25T09:00:00Z" }""";

    private const string Labeling = """{ "schemaVersion": 1, "id": "q1", "submittedBy": "ana", "kind": "rank", "prompt": [{ "role": "user", "content": "Is ice cold?" }], "answers": ["Yes."], "drafts": 3, "sources": [{ "temperature": 0.7 }, { "model": "m2" }], "labelers": 3, "at": "2026-11-25T09:00:00Z" }""";

    private const string Reward = """{ "schemaVersion": 1, "id": "r1", "purpose": "aiFeedback", "answers": [{ "taskId": "q1" }, { "conversationId": "c1", "turnId": "t1" }], "at": "2026-11-25T09:00:00Z" }""";

    [Fact]
    public void A_valid_message_of_each_queue_is_read_and_written_as_it_came()
    {
        Same(QueueContracts.Feedback, Feedback);
        Same(QueueContracts.LabelingTasks, Labeling);
        Same(QueueContracts.RewardLabeling, Reward);

        static void Same<T>(QueueContract<T> contract, string json)
            where T : class
        {
            var first = contract.Read(Encoding.UTF8.GetBytes(json));
            Assert.Empty(first.Mistakes);
            var second = contract.Read(contract.Write(first.Message!));
            Assert.Equivalent(first.Message, second.Message, strict: true);
            Assert.Equal(first.Key, second.Key);
            Assert.Matches("^[0-9a-f]{32}$", first.Key);
        }
    }

    [Theory]
    [InlineData("""{ "schemaVersion": 0 }""", "version 0 is too old")]
    [InlineData("""{ "schemaVersion": 2 }""", "version 2 is unknown")]
    [InlineData("""{ "schemaVersion": "1" }""", "no whole number")]
    [InlineData("""{ "schemaVersion": null }""", "no whole number")]
    [InlineData("""{ "id": null }""", "id is missing")]
    [InlineData("""{ "userId": " " }""", "userId is missing")]
    [InlineData("""{ "turnId": "a/b" }""", "turnId has a character")]
    [InlineData("""{ "kind": null }""", "kind is missing")]
    [InlineData("""{ "kind": "like" }""", "at $.kind: 'like' is none of thumbUp, thumbDown, preference, correction")]
    [InlineData("""{ "kind": 1 }""", "a Number is none of thumbUp")]
    [InlineData("""{ "reasons": ["ugly"] }""", "'ugly' is none of")]
    [InlineData("""{ "at": "0001-01-01T00:00:00Z" }""", "at, the time")]
    [InlineData("""{ "turn": "t1" }""", "turn")]
    [InlineData("""{ "preferredDraft": "a" }""", "kind is not preference")]
    [InlineData("""{ "correctedAnswer": "a" }""", "kind is not correction")]
    [InlineData("""{ "kind": "preference", "preferredDraft": "a" }""", "otherDraft is missing")]
    [InlineData("""{ "kind": "preference", "preferredDraft": "a", "otherDraft": "a" }""", "are the same")]
    [InlineData("""{ "kind": "correction" }""", "correctedAnswer is empty")]
    public void A_mistake_in_feedback_is_said(string change, string mistake) => AssertMistake(QueueContracts.Feedback, Feedback, change, mistake);

    [Theory]
    [InlineData("""{ "submittedBy": "" }""", "submittedBy is missing")]
    [InlineData("""{ "prompt": [] }""", "prompt is empty")]
    [InlineData("""{ "prompt": [null] }""", "prompt[0] has no content")]
    [InlineData("""{ "prompt": [{ "role": "robot", "content": "x" }] }""", "role 'robot'")]
    [InlineData("""{ "prompt": [{ "role": "assistant", "content": "x" }] }""", "does not end with a message from the user")]
    [InlineData("""{ "drafts": 0, "sources": [] }""", "There are 1 answers with the drafts; a task to rank takes 2 to 9")]
    [InlineData("""{ "drafts": 9 }""", "There are 10 answers")]
    [InlineData("""{ "drafts": -1, "sources": [] }""", "drafts is -1")]
    [InlineData("""{ "drafts": 1 }""", "2 sources for 1 drafts")]
    [InlineData("""{ "answers": [" "] }""", "answers[0] is empty")]
    [InlineData("""{ "kind": "write" }""", "A task to write takes no answers")]
    [InlineData("""{ "labelers": 0 }""", "labelers is 0")]
    [InlineData("""{ "labelers": 21 }""", "labelers is 21")]
    [InlineData("""{ "sources": [{ "temperature": 2.5 }] }""", "temperature 2.5")]
    [InlineData("""{ "sources": [null] }""", "sources[0] is null")]
    [InlineData("""{ "goldRanks": [1, 2] }""", "which nobody has ranked")]
    [InlineData("""{ "goldRanks": [1, 2], "drafts": 0, "sources": [], "answers": ["a", "b", "c"] }""", "goldRanks: There are 2 ranks for 3 answers")]
    public void A_mistake_in_a_labeling_request_is_said(string change, string mistake) => AssertMistake(QueueContracts.LabelingTasks, Labeling, change, mistake);

    [Theory]
    [InlineData("""{ "purpose": null }""", "purpose is missing")]
    [InlineData("""{ "answers": [] }""", "names 0 answers")]
    [InlineData("""{ "answers": [null] }""", "answers[0] is null")]
    [InlineData("""{ "answers": [{}] }""", "either a taskId")]
    [InlineData("""{ "answers": [{ "taskId": "a", "turnId": "b" }] }""", "either a taskId")]
    [InlineData("""{ "answers": [{ "conversationId": "a" }] }""", "answers[0].turnId is missing")]
    [InlineData("""{ "purpose": "preAnnotation" }""", "answers[1] names a conversation")]
    public void A_mistake_in_a_reward_labeling_request_is_said(string change, string mistake) => AssertMistake(QueueContracts.RewardLabeling, Reward, change, mistake);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_is_no_message_is_a_mistake_and_no_exception(string json)
    {
        var reading = QueueContracts.Feedback.Read(Encoding.UTF8.GetBytes(json));

        Assert.False(reading.IsValid);
        Assert.Single(reading.Mistakes);
    }

    [Fact]
    public void A_list_that_is_left_out_or_null_is_empty()
    {
        var request = QueueContracts.LabelingTasks.Read("""{ "schemaVersion": 1, "id": "q", "submittedBy": "ana", "kind": "write", "prompt": [{ "role": "user", "content": "?" }], "answers": null, "labelers": 1, "at": "2026-11-25T09:00:00Z" }"""u8.ToArray());

        Assert.Empty(request.Mistakes);
        Assert.Empty(request.Message!.Answers);
        Assert.Empty(request.Message!.Sources);
    }

    [Fact]
    public void Every_mistake_is_said_at_once() =>
        Assert.Equal(6, QueueContracts.Feedback.Read("""{ "schemaVersion": 1 }"""u8.ToArray()).Mistakes.Count);

    [Fact]
    public void Too_large_a_message_is_not_even_parsed() =>
        Assert.Contains("49153 bytes", Assert.Single(QueueContracts.Feedback.Read(new byte[QueueContract<FeedbackMessage>.MostBytes + 1]).Mistakes), StringComparison.Ordinal);

    [Property]
    public void Any_bytes_are_read_without_an_exception(byte[] bytes) => Assert.False(QueueContracts.LabelingTasks.Read(bytes ?? []).IsValid);

    [Fact]
    public void The_same_user_judging_the_same_turn_again_has_the_same_key()
    {
        var message = Read(Feedback);
        var key = QueueContracts.Feedback.Key(message);

        Assert.Equal(key, QueueContracts.Feedback.Key(message with { Id = "m2", Kind = FeedbackKind.ThumbUp, At = message.At.AddDays(1) }));
        Assert.NotEqual(key, QueueContracts.Feedback.Key(message with { UserId = "ben" }));
        Assert.NotEqual(key, QueueContracts.Feedback.Key(message with { Kind = FeedbackKind.Correction }));
        Assert.NotEqual(QueueContracts.Feedback.Key(message with { UserId = "ab", ConversationId = "c" }), QueueContracts.Feedback.Key(message with { UserId = "a", ConversationId = "bc" }));
    }

    [Fact]
    public void Of_two_messages_with_one_key_the_same_one_stands_in_any_order()
    {
        var first = Read(Feedback);
        var later = first with { Id = "m0", At = first.At.AddSeconds(1) };
        var twin = first with { Id = "m2" };

        Assert.True(later.Replaces(first) && !first.Replaces(later));
        Assert.True(twin.Replaces(first) && !first.Replaces(twin));
        Assert.False(first.Replaces(first));
    }

    [Fact]
    public void The_same_answers_to_score_have_one_key_in_any_order()
    {
        var request = QueueContracts.RewardLabeling.Read(Encoding.UTF8.GetBytes(Reward)).Message!;
        var key = QueueContracts.RewardLabeling.Key(request);

        Assert.Equal(key, QueueContracts.RewardLabeling.Key(request with { Id = "r2", Answers = [.. request.Answers.Reverse()] }));
        Assert.NotEqual(key, QueueContracts.RewardLabeling.Key(request with { RewardModel = "rm-2" }));
    }

    private static FeedbackMessage Read(string json) => QueueContracts.Feedback.Read(Encoding.UTF8.GetBytes(json)).Message!;

    private static void AssertMistake<T>(QueueContract<T> contract, string valid, string change, string mistake)
        where T : class
    {
        var message = JsonNode.Parse(valid)!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(change)!.AsObject()) message[field] = value?.DeepClone();

        var reading = contract.Read(JsonSerializer.SerializeToUtf8Bytes(message));

        Assert.Null(reading.Message);
        Assert.Contains(reading.Mistakes, said => said.Contains(mistake, StringComparison.Ordinal));
    }
}
