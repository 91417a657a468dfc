using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.Streaming;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.Moderation;

/// <summary>A turn under a policy, from its question to its end: the real orchestrator and steps, with a model and a moderator of the test's.</summary>
internal sealed class PolicyTurn
{
    private PolicyTurn(World world, ChatModel model, string conversationId, string turnId) => (World, Model, ConversationId, TurnId) = (world, model, conversationId, turnId);

    public World World { get; }

    public ChatModel Model { get; }

    public string ConversationId { get; }

    public string TurnId { get; }

    public required Turn Turn { get; init; }

    public Reply Reply => Turn.Reply!;

    /// <summary>What readers along got.</summary>
    public required IReadOnlyList<TurnEvent> Events { get; init; }

    /// <summary>Whether a review was asked for.</summary>
    public required bool IsReviewed { get; init; }

    public static ModerationPolicy Policy(string category, CategoryRule rule) => ModerationPolicy.Empty with
    {
        Thresholds = Enum.GetValues<ModerationDirection>().ToDictionary(direction => direction, _ => (IReadOnlyDictionary<string, CategoryRule>)new Dictionary<string, CategoryRule> { [category] = rule }),
    };

    public static async Task<PolicyTurn> RunAsync(ModerationPolicy policy, IModerator moderator, string question, string answer, bool stream, World? world = null, string? userId = null)
    {
        world ??= new World(policy: policy);
        world.Streaming.ChunkCharacters = 8;
        var model = new ChatModel(answer) { PieceLength = 1 };
        var judge = world.Judge(moderator);
        var templates = TemplateFolder.Load(Path.Combine(AppContext.BaseDirectory, "Templates"), "en", policy.Templates);
        var reviewed = false;
        world.Durable.OnStart = async input =>
        {
            await ChatOrchestrator.RunAsync(new OrchestrationContext(input!)
                .On<TurnStep>(nameof(ModerateQuestion), async step =>
                    await new ModerateQuestion(world.Conversations, world.List, judge, new PreludeScreening(world.Conversations, judge, templates, TimeProvider.System)).RunAsync(step, default))
                .On<TurnStep>(nameof(GenerateAnswer), async step => await world.GenerateAnswer(model, moderator).RunAsync(step with { Deadline = DateTime.UtcNow.AddHours(1) }, default))
                .On<TurnStep>(nameof(ModerateAnswer), async step => await new ModerateAnswer(world.Conversations, judge).RunAsync(step, default))
                .On<TemplateChoice>(nameof(ChooseTemplate), async choice => await new ChooseTemplate(world.Conversations, templates).RunAsync(choice, default))
                .On<TurnEnd>(nameof(EndTurn), async end => await world.EndTurn().RunAsync(end, default))
                .On<TurnStep>(nameof(RequestReview), _ => reviewed = true));
            return OrchestrationRuntimeStatus.Completed;
        };
        var (conversation, turnId) = await world.AcceptAsync(question, stream: stream, userId: userId);
        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);

        return new PolicyTurn(world, model, conversation.Id, turnId)
        {
            Turn = (await world.Conversations.ReadAsync(conversation.Id)).ReadTurn(turnId),
            Events = await world.Released.ReadAsync(conversation.Id, turnId, 0, default).ToListAsync(),
            IsReviewed = reviewed,
        };
    }
}
