using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using ChatLoop.App.Conversations;
using ChatLoop.App.Labeling;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Models;
using ChatLoop.App.Poison;
using ChatLoop.App.RewardLabeling;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Rewards;
using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>The parts of labeling, put together on a real storage account with a clock, a model and a reward model of the test's.</summary>
internal sealed class LabelingWorld
{
    public LabelingWorld(Account account, IRewardScorer? scorer = null)
    {
        Account = account;
        RewardModel = new RewardModel(scorer);
        Tasks = new LabelingTaskStore(account.Tables, Clock);
        Index = new OpenTasks(account.Tables);
        Labelers = new Labelers(account.Tables, Clock);
        Items = new UserItemIndex(account.Tables);
        Failed = new FailedMessages(account.Tables, account.Container, Items, Clock, NullLogger<FailedMessages>.Instance);
        Purges = new PurgeStore(account.Tables, Clock);
        Scores = new RewardScores(account.Tables, RewardModel, Clock);
        Rewards = new RewardRequests(RewardModel, account.Sender, Clock);
        Closing = new TaskClosing(Index, Rewards);
        Opening = new TaskOpening(Tasks, Index, Items, Rewards, Clock);
        Desk = new LabelingDesk(Tasks, Index, Labelers, Items, Closing, Create(Rules), Create(Options), Clock);
        Submissions = new SubmissionDesk(Tasks, Labelers, account.Journal, Closing, Rewards, Clock);
        Conversations = new ConversationStore(account.Container, new RecentConversations(), Clock);
    }

    public Account Account { get; }

    public Clock Clock { get; } = new();

    public LabelingRules Rules { get; } = new();

    public LabelingOptions Options { get; } = new() { GoldShare = 0 };

    public RewardModel RewardModel { get; }

    public LabelingTaskStore Tasks { get; }

    public OpenTasks Index { get; }

    public Labelers Labelers { get; }

    public UserItemIndex Items { get; }

    public FailedMessages Failed { get; }

    public PurgeStore Purges { get; }

    public RewardScores Scores { get; }

    public RewardRequests Rewards { get; }

    public TaskClosing Closing { get; }

    public TaskOpening Opening { get; }

    public LabelingDesk Desk { get; }

    public SubmissionDesk Submissions { get; }

    public ConversationStore Conversations { get; }

    public LabelerRequests Requests { get; } = new(new CurrentUser(Create(new UserOptions())));

    public PrepareLabelingTask Prepare(IChatClient model, IModerator? moderator = null)
    {
        var (serving, options) = (new ServingChatClient("shipped", _ => model), Create(new ModelOptions()));
        var cache = new ModelCache(new ModelStore(Account.Container, Clock), serving, options);
        return Prepare(new ModelClients(cache, serving, options, Clock, NullLogger<ModelClients>.Instance), moderator);
    }

    public PrepareLabelingTask Prepare(ModelClients models, IModerator? moderator = null)
    {
        moderator ??= new Moderator("nothing has this word");
        var preparation = new TaskPreparation(Tasks, Opening, new AnswerDrafts(models, moderator, Create(Options)), moderator, Purges, Clock, NullLogger<TaskPreparation>.Instance);
        return new PrepareLabelingTask(preparation, Failed);
    }

    public ScoreAnswers ScoreAnswers()
    {
        var disagreements = new Disagreements(Scores, Index, Opening, Create(Options), Clock, NullLogger<Disagreements>.Instance);
        return new ScoreAnswers(new AnswerScoring(RewardModel, Tasks, Conversations, Scores, Items, disagreements, NullLogger<AnswerScoring>.Instance), Failed);
    }

    /// <summary>Opens a task to rank four answers.</summary>
    public async Task<LabelingTask> OpenAsync(int number = 1, int labelers = 3, string? owner = null, Func<LabelingTask, LabelingTask>? change = null)
    {
        var task = new LabelingTask
        {
            Id = $"{number:x32}",
            Kind = LabelingTaskKind.Rank,
            Prompt = [new PromptMessage("user", "Is ice cold?")],
            Answers = [new TaskAnswer("A", "m"), new TaskAnswer("B", "m"), new TaskAnswer("C", "m"), new TaskAnswer("D", "m")],
            Labelers = labelers,
            Owners = owner is null ? [] : [owner],
            OpenedAt = Clock.Now.AddMinutes(number - 1000),
        };
        task = change?.Invoke(task) ?? task;
        await Opening.OpenAsync(task, first: false, CancellationToken.None);
        return task;
    }

    public async Task<TaskDecision?> NextAsync(string labeler) => await Desk.NextAsync(labeler, CancellationToken.None);

    public Task<TaskDecision?> SubmitAsync(string taskId, string labeler, params int[] ranks) => Submissions.SubmitAsync(
        taskId, new Submission { Id = $"{taskId} {labeler}", Labeler = labeler, SubmittedAt = Clock.Now, Ranks = ranks.Length == 0 ? [1, 2, 3, 4] : ranks }, CancellationToken.None);

    /// <summary>Has a labeler lease and rank a task.</summary>
    public async Task LabelAsync(string labeler, params int[] ranks)
    {
        var lease = Assert.IsType<TaskDecision>(await NextAsync(labeler));
        Assert.True(lease.IsGranted, lease.Reason);
        Assert.True((await SubmitAsync(lease.Task.Id, labeler, ranks))!.IsGranted);
    }

    public async Task<int> OpenRowsAsync() => await Index.CountAsync(CancellationToken.None);

    public static QueueMessage Message(ReadOnlyMemory<byte> body) => QueuesModelFactory.QueueMessage("m", "p", new BinaryData(body), 1);

    public static QueueMessage Message(RewardLabelingRequest request) => Message(QueueContracts.RewardLabeling.Write(request));

    public static QueueMessage Message(LabelingRequest request) => Message(QueueContracts.LabelingTasks.Write(request));

    public static HttpRequest Http(string? user, string? body = null, string contentType = "application/json")
    {
        var http = new DefaultHttpContext();
        if (user is not null)
            http.Request.Headers[CurrentUser.NamedHeader] = user;
        http.Request.ContentType = contentType;
        http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body ?? ""));
        return http.Request;
    }

    public static async Task<(int Status, JsonNode? Body)> AnswerAsync(Task<IResult> result)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await (await result).ExecuteAsync(http);
        return (http.Response.StatusCode, body.Length == 0 ? null : JsonNode.Parse(body.ToArray()));
    }
}
