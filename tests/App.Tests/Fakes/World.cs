using Azure.Data.Tables;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>The app's own parts, put together on a storage account in memory and a durable client that runs nothing by itself.</summary>
internal sealed class World
{
    /// <param name="account">Real tables, for what users own; without one, nobody may be named.</param>
    public World(Account? account = null)
    {
        Items = new UserItemIndex(account?.Tables ?? new AppTables(new TableServiceClient("UseDevelopmentStorage=true"), "none"));
        Conversations = new ConversationStore(Blobs.Container(), TimeProvider.System);
        Keys = new IdempotencyKeys(Blobs.Container());
        Turns = new Turns(Conversations, Keys, Items, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<Turns>.Instance);
    }

    public TurnOptions Options { get; } = new() { WaitTimeout = TimeSpan.FromMilliseconds(500) };

    public BlobService Blobs { get; } = new();

    public DurableClient Durable { get; } = new();

    public ConversationStore Conversations { get; }

    public IdempotencyKeys Keys { get; }

    public UserItemIndex Items { get; }

    public CurrentUser User { get; } = new(Microsoft.Extensions.Options.Options.Create(new UserOptions()));

    public Turns Turns { get; }

    public AskQuestion AskQuestion()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return new(new ChatRequestReader(options), User, Turns, new TurnWait(options, TimeProvider.System), Conversations, NullLogger<AskQuestion>.Instance);
    }

    public Task<(Conversation Conversation, string TurnId)> AcceptAsync(string message, string? conversationId = null, string? key = null, string? userId = null) =>
        Turns.AcceptAsync(new ChatRequest(message, conversationId, new AnswerOptions()), userId, key, ["en"]);

    public Task<Conversation> EndAsync(string conversationId, string turnId, string text = "An answer.") =>
        Conversations.ChangeAsync(conversationId, stored => stored!.End(turnId, _ => Reply(text)));

    public static Reply Reply(string text) => new()
    {
        Text = text,
        Source = ReplySource.Model,
        FinishReason = "stop",
        Timings = new TurnTimings(1, 2, 3),
        AnsweredAt = DateTimeOffset.UnixEpoch,
    };
}
