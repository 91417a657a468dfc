using Azure.Data.Tables;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Conversations;
using ChatLoop.App.Moderation;
using ChatLoop.App.Storage;
using ChatLoop.App.Streaming;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>The app's own parts, put together on a storage account in memory and a durable client that runs nothing by itself.</summary>
internal sealed class World
{
    /// <param name="account">Real tables, for what users own; without one, nobody may be named.</param>
    /// <param name="crash">Sees every request to blobs.</param>
    /// <param name="policy">What is done about what moderation finds; without one, it is blocked.</param>
    public World(Account? account = null, Crash? crash = null, ModerationPolicy? policy = null)
    {
        Policy = policy ?? ModerationPolicy.Empty;
        Items = new UserItemIndex(account?.Tables ?? new AppTables(new TableServiceClient("UseDevelopmentStorage=true"), "none"));
        Conversations = new ConversationStore(Blobs.Container(crash), new RecentConversations(), TimeProvider.System);
        Keys = new IdempotencyKeys(Blobs.Container(crash));
        Streams = new TurnStreams(Blobs.Container(crash));
        Released = new ReleasedText(Conversations, Streams, TimeProvider.System);
        List = new ConversationList(Items, Conversations);
        Turns = new Turns(Conversations, Keys, List, Policy, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<Turns>.Instance);
    }

    public ModerationPolicy Policy { get; }

    public TurnOptions Options { get; } = new() { WaitTimeout = TimeSpan.FromMilliseconds(500) };

    public BlobService Blobs { get; } = new();

    public DurableClient Durable { get; } = new();

    public ConversationStore Conversations { get; }

    public IdempotencyKeys Keys { get; }

    public TurnStreams Streams { get; }

    public ReleasedText Released { get; }

    public StreamingOptions Streaming { get; } = new();

    public ApplicationLifetime Host { get; } = new(NullLogger<ApplicationLifetime>.Instance);

    public TurnEvents Events => new(
        Released, Streams, Conversations, Host, Microsoft.Extensions.Options.Options.Create(Streaming), TimeProvider.System, NullLogger<TurnEvents>.Instance);

    public UserItemIndex Items { get; }

    public ConversationList List { get; }

    public ConversationOptions Listing { get; } = new();

    public ConversationRemoval Removal => new(Conversations, Keys, Streams, Items);

    public ConversationFunctions ConversationFunctions => new(
        User, Conversations, List, new ConversationSearch(List, Conversations, Microsoft.Extensions.Options.Options.Create(Listing)), Removal, NullLogger<ConversationFunctions>.Instance);

    public CurrentUser User { get; } = new(Microsoft.Extensions.Options.Options.Create(new UserOptions()));

    public Turns Turns { get; }

    /// <summary>The model that is asked whether it has room.</summary>
    public ChatModel Served { get; } = new("unused");

    public AskQuestion AskQuestion()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var model = new ServingChatClient("nowhere", _ => Served);
        return new(new ChatRequestReader(options), User, Turns, new TurnWait(options, TimeProvider.System), Events, Conversations, model, NullLogger<AskQuestion>.Instance);
    }

    public GenerateAnswer GenerateAnswer(IChatClient model, IModerator? moderator = null)
    {
        var writer = new AnswerWriter(
            Conversations, Streams, Judge(moderator), Policy, model, Microsoft.Extensions.Options.Options.Create(Streaming), TimeProvider.System, NullLogger<AnswerWriter>.Instance);
        return new(Conversations, writer, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<GenerateAnswer>.Instance);
    }

    public TurnModerator Judge(IModerator? moderator = null) => new(moderator ?? new Moderator("\0"), Policy, TimeProvider.System, NullLogger<TurnModerator>.Instance);

    public EndTurn EndTurn() => new(Conversations, Streams, Policy, TimeProvider.System, NullLogger<EndTurn>.Instance);

    public Task<(Conversation Conversation, string TurnId)> AcceptAsync(string message, string? conversationId = null, string? key = null, string? userId = null, bool stream = false, string? parent = null) =>
        Turns.AcceptAsync(new ChatRequest(message, conversationId, new AnswerOptions()) { Stream = stream, Parent = parent }, userId, key, ["en"]);

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
