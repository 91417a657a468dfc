using System.Text.Json.Nodes;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Moderation;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.Moderation.Review;

/// <summary>Turns under a policy, their reports and the labeling tasks that come of them, on real tables and queues.</summary>
internal sealed class ReviewWorld
{
    private ReviewWorld(Account account, ModerationPolicy policy)
    {
        Account = account;
        World = new World(account, policy: policy);
        Labeling = new LabelingWorld(account);
        Consent = new ConsentStore(account.Tables, TimeProvider.System);
        Reports = new ReportStore(account.Tables, Labeling.Tasks, TimeProvider.System);
    }

    public Account Account { get; }

    public World World { get; }

    public LabelingWorld Labeling { get; }

    public ConsentStore Consent { get; }

    public ReportStore Reports { get; }

    public RequestReview RequestReview => new(World.Conversations, Consent, Account.Sender, Create(new ReviewOptions()), TimeProvider.System, NullLogger<RequestReview>.Instance);

    private ReportTurn ReportTurn => new(
        World.User, World.Conversations, Reports, Labeling.Tasks, Labeling.Purges, Account.Sender, Create(new ReviewOptions()), TimeProvider.System, NullLogger<ReportTurn>.Instance);

    public static async Task<ReviewWorld> CreateAsync(string connectionString, ModerationPolicy policy)
    {
        var world = new ReviewWorld(await Account.CreateAsync(connectionString), policy);
        await world.Account.Queues.GetQueueClient(QueueContracts.LabelingTasks.Queue).ClearMessagesAsync();
        return world;
    }

    /// <summary>Asks as Ann.</summary>
    public Task<PolicyTurn> AskAsync(string question, string answer, bool stream = false) =>
        PolicyTurn.RunAsync(World.Policy, new Words(("bad", "hate")), question, answer, stream, World, "ann");

    public Task<(int Status, JsonNode? Body)> ReportAsync(PolicyTurn turn, string? user = "ann", string? body = null) =>
        LabelingWorld.AnswerAsync(ReportTurn.RunAsync(LabelingWorld.Http(user, body), turn.ConversationId, turn.TurnId, default));

    public Task<(int Status, JsonNode? Body)> ReadAsync(PolicyTurn turn) =>
        LabelingWorld.AnswerAsync(ReportTurn.ReadAsync(LabelingWorld.Http("ann"), turn.ConversationId, turn.TurnId, default));

    public Task<(int Status, JsonNode? Body)> ListAsync() => LabelingWorld.AnswerAsync(ReportTurn.ListAsync(LabelingWorld.Http(null), default));

    /// <summary>Takes all requests for tasks from the queue and opens the tasks.</summary>
    public async Task<IReadOnlyList<LabelingTask>> OpenTasksAsync()
    {
        foreach (var message in (await Account.Queues.GetQueueClient(QueueContracts.LabelingTasks.Queue).ReceiveMessagesAsync(maxMessages: 32)).Value)
            await Labeling.Prepare(new ChatModel("unused")).RunAsync(LabelingWorld.Message(message.Body), default);
        return await Labeling.Tasks.AllAsync().ToListAsync();
    }

    /// <summary>Has somebody flag a task.</summary>
    public async Task FlagAsync(string labeler, params string[] categories)
    {
        var lease = (await Labeling.NextAsync(labeler))!;
        var submission = new Submission { Id = $"{lease.Task.Id} {labeler}", Labeler = labeler, SubmittedAt = Labeling.Clock.Now, Categories = categories };
        Assert.True((await Labeling.Submissions.SubmitAsync(lease.Task.Id, submission, default))!.IsGranted);
    }
}
