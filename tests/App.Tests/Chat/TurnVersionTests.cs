using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.App.Moderation;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Tests.OpenAi;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Tests.Chat;

/// <summary>The version of the conversation travels from step to step: what one instance has just written it does not read back.</summary>
public sealed class TurnVersionTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_turn_that_one_instance_answers_is_written_three_times_and_read_never()
    {
        var requests = new List<string>();
        world.Blobs.Before = request =>
        {
            requests.Add(request.Method.Method);
            return null;
        };

        var (_, reply) = await AnswerAsync(_ => Task.CompletedTask);

        Assert.Equal("An answer.", reply!.Text);
        Assert.Equal(["PUT", "PUT", "PUT"], requests);
    }

    [Fact]
    public async Task What_another_instance_writes_in_between_is_kept()
    {
        var other = new ConversationStore(world.Blobs.Container(), new RecentConversations(), TimeProvider.System);
        var reply = await AnswerAsync(async id => await other.ChangeAsync(id, stored => stored!.Append(new Turn { Id = "other", Question = "Another?", AcceptedAt = DateTimeOffset.UnixEpoch })));

        Assert.Equal("An answer.", reply.Reply!.Text);
        Assert.Equal(["A question?", "Another?"], (await other.ReadAsync(reply.ConversationId)).Turns.Select(turn => turn.Question));
    }

    private async Task<(string ConversationId, Reply? Reply)> AnswerAsync(Func<string, Task> beforeModeratingTheAnswer)
    {
        var (conversation, turnId) = await world.AcceptAsync("A question?");
        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);
        var judge = world.Judge();
        var screening = new PreludeScreening(world.Conversations, judge, OpenAiWorld.Templates, TimeProvider.System);
        var context = new OrchestrationContext(Assert.Single(world.Durable.Started)!)
            .On<TurnStep>(nameof(ModerateQuestion), async step => await new ModerateQuestion(world.Conversations, world.List, judge, screening).RunAsync(step, default))
            .On<TurnStep>(nameof(GenerateAnswer), async step => await world.GenerateAnswer(new ChatModel("An answer.")).RunAsync(step with { Deadline = DateTime.UtcNow.AddMinutes(10) }, default))
            .On<TurnStep>(nameof(ModerateAnswer), async step =>
            {
                await beforeModeratingTheAnswer(conversation.Id);
                return await new ModerateAnswer(world.Conversations, judge).RunAsync(step, default);
            })
            .On<TurnEnd>(nameof(EndTurn), async end => await world.EndTurn().RunAsync(end, default));
        await ChatOrchestrator.RunAsync(context);
        return (conversation.Id, (await world.Conversations.ReadAnsweredAsync(conversation.Id, turnId, default)).ReadTurn(turnId).Reply);
    }
}
