using ChatLoop.App.Chat;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using ChatLoop.Inference;
using Microsoft.Extensions.AI;

namespace ChatLoop.App.Tests.Chat;

public sealed class GenerateAnswerTests
{
    private static readonly DateTime Later = DateTime.UtcNow.AddHours(1);
    private readonly World world = new();

    [Fact]
    public async Task The_answer_becomes_the_turns_draft()
    {
        var (step, _) = await TurnAsync();

        var result = await Activity(new ChatModel("An answer.")).RunAsync(step, default);

        Assert.True(result.Passed);
        var draft = (await world.Conversations.ReadAsync(step.ConversationId)).ReadTurn(step.TurnId).Draft!;
        Assert.Equal(("An answer.", "stop", new Usage(7, 3)), (draft.Text, draft.FinishReason, draft.Usage));
    }

    [Fact]
    public async Task A_second_run_writes_nothing_new()
    {
        var (step, _) = await TurnAsync();
        await Activity(new ChatModel("First.")).RunAsync(step, default);
        var model = new ChatModel("Second.");

        var result = await Activity(model).RunAsync(step, default);

        Assert.True(result.Passed);
        Assert.Empty(model.Asked);
        Assert.Equal("First.", (await world.Conversations.ReadAsync(step.ConversationId)).ReadTurn(step.TurnId).Draft!.Text);
    }

    [Fact]
    public async Task The_model_knows_the_turns_it_answered_and_the_options()
    {
        var (first, _) = await TurnAsync("One?");
        await world.EndAsync(first.ConversationId, first.TurnId, "One.");
        var (_, turnId) = await world.Turns.AcceptAsync(
            new App.Chat.Requests.ChatRequest("Two?", first.ConversationId, new AnswerOptions { Temperature = 0, MaxTokens = 5, MinP = 0.1, Seed = 3, Stop = ["x"] }), null, null, []);
        var model = new ChatModel("Two.");

        await Activity(model).RunAsync(first with { TurnId = turnId }, default);

        var (messages, options) = Assert.Single(model.Asked);
        Assert.Equal(["user: One?", "assistant: One.", "user: Two?"], messages.Select(message => $"{message.Role}: {message.Text}"));
        Assert.Equal((0f, 5, 3L), (options!.Temperature, options.MaxOutputTokens, options.Seed));
        Assert.Equal(["x"], options.StopSequences!);
        Assert.Equal(0.1, options.AdditionalProperties![SamplingProperties.MinP]);
        Assert.Equal(first.ConversationId, options.AdditionalProperties[SchedulingProperties.Caller]);
    }

    [Fact]
    public async Task A_question_that_does_not_fit_is_a_refusal()
    {
        var (step, _) = await TurnAsync();

        var result = await Activity(new ChatModel(_ => throw new PromptTooLongException(900, 512))).RunAsync(step, default);

        Assert.Equal(TemplateKind.TooLong, result.Refusal);
    }

    [Theory]
    [InlineData("  ", TemplateKind.GenerationFailed)]
    [InlineData("12345678901", TemplateKind.TooLong)]
    public async Task An_answer_that_nobody_should_see_is_a_refusal(string text, TemplateKind kind)
    {
        world.Options.MaxAnswerLength = 10;
        var (step, _) = await TurnAsync();

        Assert.Equal(kind, (await Activity(new ChatModel(text)).RunAsync(step, default)).Refusal);
    }

    [Fact]
    public async Task A_model_that_is_still_writing_at_the_deadline_is_stopped()
    {
        var (step, _) = await TurnAsync();
        var model = new ChatModel(async cancelled =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return ChatModel.Response("never");
        });

        var result = await Activity(model).RunAsync(step with { Deadline = DateTime.UtcNow }, default);

        Assert.Equal(TemplateKind.TimedOut, result.Refusal);
    }

    [Fact]
    public async Task A_host_that_stops_is_no_time_out()
    {
        var (step, _) = await TurnAsync();
        using var stopping = new CancellationTokenSource();
        var model = new ChatModel(async cancelled =>
        {
            await stopping.CancelAsync();
            cancelled.ThrowIfCancellationRequested();
            return ChatModel.Response("never");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Activity(model).RunAsync(step, stopping.Token));
    }

    [Fact]
    public async Task A_full_engine_is_a_failure_that_is_tried_again()
    {
        var (step, _) = await TurnAsync();
        var full = new EngineLoad(8, 64, IsFull: true, TimeSpan.FromSeconds(6));
        var busy = new ChatModel(_ => throw new EngineBusyException(full));

        await Assert.ThrowsAsync<EngineBusyException>(() => Activity(busy).RunAsync(step, default));

        Assert.True((await Activity(new ChatModel("An answer.")).RunAsync(step, default)).Passed);
    }

    [Fact]
    public async Task A_long_failure_is_cut()
    {
        var (step, _) = await TurnAsync();
        var model = new ChatModel(_ => throw new NotSupportedException(new string('x', 100_000)));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Activity(model).RunAsync(step, default));

        Assert.InRange(failure.ToString().Length, 1024, 8192);
        Assert.StartsWith("System.NotSupportedException: xxx", failure.Message, StringComparison.Ordinal);
    }

    private async Task<(TurnStep Step, Conversation Conversation)> TurnAsync(string question = "Hi")
    {
        var (conversation, turnId) = await world.AcceptAsync(question);
        return (new TurnStep(conversation.Id, turnId, Later), conversation);
    }

    private GenerateAnswer Activity(IChatClient model) => world.GenerateAnswer(model);
}
