using System.Text;
using System.Text.Json.Nodes;
using ChatLoop.App.Conversations;
using ChatLoop.App.Feedback;
using ChatLoop.App.Poison;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>What collects judgements, put together on real tables, queues and journal; conversations are in memory.</summary>
internal sealed class Loop
{
    private Loop(Account account)
    {
        Account = account;
        World = new World(account);
        Store = new FeedbackStore(account.Tables, account.Journal, TimeProvider.System);
        Consent = new ConsentStore(account.Tables, TimeProvider.System);
        Purges = new PurgeStore(account.Tables, TimeProvider.System);
        Failed = new FailedMessages(account.Tables, account.Container, World.Items, TimeProvider.System, NullLogger<FailedMessages>.Instance);
        Requeue = new Requeue(Failed, account.Sender, NullLogger<Requeue>.Instance);
        Admin = new FailedMessageFunctions(Failed, Requeue);
        Kinds =
        [
            new ConversationsOfUser(World.Conversations, World.Removal, World.Items), Store, Consent, new SaidByUser(account.Journal), new FailedMessagesOfUser(Failed, World.Items),
        ];
    }

    /// <summary>What a result needs to be executed.</summary>
    public static IServiceProvider Services { get; } = new ServiceCollection().AddLogging().BuildServiceProvider();

    public Account Account { get; }

    public World World { get; }

    public FeedbackStore Store { get; }

    public ConsentStore Consent { get; }

    public PurgeStore Purges { get; }

    public FailedMessages Failed { get; }

    public FailedAttempts Attempts { get; } = new();

    public Requeue Requeue { get; }

    public FailedMessageFunctions Admin { get; }

    public IReadOnlyList<IUserData> Kinds { get; }

    public CollectFeedback Collect => new(
        World.Conversations, Store, Consent, Purges, Account.Journal, Failed, Attempts, TimeProvider.System, NullLogger<CollectFeedback>.Instance);

    public static async Task<Loop> CreateAsync(string connectionString, Crash? crash = null) => new(await Account.CreateAsync(connectionString, crash));

    /// <summary>An answered turn of a user's conversation.</summary>
    public async Task<(string ConversationId, string TurnId)> AnsweredAsync(string userId, bool twoDrafts = false, string? conversationId = null)
    {
        var (conversation, turnId) = await World.AcceptAsync("Is ice cold?", conversationId, userId: userId);
        var reply = World.Reply("Yes.") with { Drafts = twoDrafts ? [new ReplyDraft("a", "Yes.", "stop"), new ReplyDraft("b", "It is.", "length")] : null };
        await World.Conversations.ChangeAsync(conversation.Id, stored => stored!.End(turnId, _ => reply));
        return (conversation.Id, turnId);
    }

    public static FeedbackMessage Message(string userId, (string ConversationId, string TurnId) turn, FeedbackKind kind = FeedbackKind.ThumbUp, int minute = 0) => new()
    {
        SchemaVersion = 1,
        Id = $"{kind}-{minute}",
        UserId = userId,
        ConversationId = turn.ConversationId,
        TurnId = turn.TurnId,
        Kind = kind,
        At = new DateTimeOffset(2026, 1, 1, 0, minute, 0, TimeSpan.Zero),
    };

    public Task CollectAsync(FeedbackMessage message) => Collect.RunAsync(new BinaryData(QueueContracts.Feedback.Write(message)), default);

    public Task CollectAsync(string message) => Collect.RunAsync(new BinaryData(Encoding.UTF8.GetBytes(message)), default);

    public async Task<IReadOnlyList<StoredFeedback>> StoredAsync() => await Store.AllAsync(default).ToListAsync();

    public async Task<IReadOnlyList<FailedMessage>> FailedAsync() => await Failed.ListAsync(null, null, default).ToListAsync();

    public static HttpRequest Request(string? userId = null, string? json = null, string query = "")
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        http.Request.ContentType = json is null ? null : "application/json";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json ?? ""));
        if (userId is not null)
            http.Request.Headers[CurrentUser.NamedHeader] = userId;
        return http.Request;
    }

    public static async Task<(int Status, JsonNode Body)> ExecuteAsync(Task<IResult> running)
    {
        var result = await running;
        var http = new DefaultHttpContext { RequestServices = Services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await result.ExecuteAsync(http);
        return (http.Response.StatusCode, body.Length == 0 ? new JsonObject() : JsonNode.Parse(body.ToArray())!);
    }
}
