using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Streaming;

/// <summary>A turn that is read along, from its question to its end.</summary>
internal sealed class ReleasedAnswer(World world, string conversationId, string turnId)
{
    private static readonly TextModeration Clean = new(false, [], new Dictionary<string, double>());

    public string ConversationId => conversationId;

    public string TurnId => turnId;

    public TurnStep Step => new(conversationId, turnId, DateTime.UtcNow.AddHours(1));

    public static async Task<ReleasedAnswer> AcceptAsync(World world)
    {
        var (conversation, turnId) = await world.AcceptAsync("Is ice cold?", stream: true);
        return new(world, conversation.Id, turnId);
    }

    /// <summary>As the orchestrator ends a turn after this result of the generation.</summary>
    public Task EndAsync(StepResult generated) => world.EndTurn().RunAsync(
        new TurnEnd(
            conversationId,
            turnId,
            generated.Refusal is { } kind ? new Template(new TemplateKey(kind, null, "en"), "A template.") : null,
            new TurnModeration(Clean, generated.Moderation ?? Clean)),
        default);

    public async Task<Turn> TurnAsync() => (await world.Conversations.ReadAsync(conversationId)).ReadTurn(turnId);

    public async Task<List<TurnEvent>> EventsAsync(long from = 0) => await world.Released.ReadAsync(conversationId, turnId, from, default).ToListAsync();

    public async Task<IReadOnlyList<StreamLine>> LinesAsync() => await world.Streams.ReadAsync(turnId, 0, default) ?? [];

    /// <summary>What a reader has before it after some events.</summary>
    public static string Text(IEnumerable<TurnEvent> events) => events.Aggregate("", (text, happened) => happened.Kind switch
    {
        TurnEventKind.Delta => text + happened.Text,
        TurnEventKind.Replaced => happened.Text,
        _ => text,
    });
}
