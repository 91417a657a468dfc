using ChatLoop.App.Datasets;
using ChatLoop.App.Feedback;
using ChatLoop.App.Labeling;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Datasets;

/// <summary>What people said, in real tables, and what makes data sets of it.</summary>
internal sealed class DatasetWorld
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DatasetWorld(Account account, DatasetBuildOptions? options = null)
    {
        var settings = Options.Create(options ?? new DatasetBuildOptions());
        Feedback = new FeedbackStore(account.Tables, account.Journal, TimeProvider.System);
        Consents = new ConsentStore(account.Tables, TimeProvider.System);
        Tasks = new LabelingTaskStore(account.Tables, TimeProvider.System);
        Store = new DatasetStore(account.Container);
        Salt = new DatasetSalt(account.Container, settings);
        OfUser = new DatasetsOfUser(Store, Salt);
        Builder = new DatasetBuilder(new JudgementGatherer(Feedback, Tasks, Consents), Salt, Store, settings, TimeProvider.System, NullLogger<DatasetBuilder>.Instance);
    }

    public FeedbackStore Feedback { get; }

    public ConsentStore Consents { get; }

    public LabelingTaskStore Tasks { get; }

    public DatasetStore Store { get; }

    public DatasetSalt Salt { get; }

    public DatasetsOfUser OfUser { get; }

    public DatasetBuilder Builder { get; }

    public Task ConsentAsync(string user, bool allow = true, int minute = 0) => Consents.SetAsync(user, allow, At.AddMinutes(minute), CancellationToken.None);

    public Task SayAsync(string user, string question, FeedbackKind kind) => Feedback.KeepAsync(
        new StoredFeedback(
            new FeedbackMessage
            {
                SchemaVersion = 1,
                Id = $"{user}-{kind}",
                UserId = user,
                ConversationId = "conversation",
                TurnId = question.Replace(' ', '-').TrimEnd('?'),
                Kind = kind,
                PreferredDraft = kind == FeedbackKind.Preference ? "b" : null,
                OtherDraft = kind == FeedbackKind.Preference ? "a" : null,
                CorrectedAnswer = kind == FeedbackKind.Correction ? $"The right answer to: {question}" : null,
                At = At,
            },
            [new PromptMessage(ChatRole.User, question)],
            kind == FeedbackKind.Preference ? null : "An answer.",
            kind == FeedbackKind.Preference ? [new StoredDraft("a", $"The worse answer to: {question}"), new StoredDraft("b", $"The better answer to: {question}")] : null,
            At),
        CancellationToken.None);

    public Task LabelAsync(LabelingTaskKind kind, string question, string? owner, params Submission[] submissions) => Tasks.AddAsync(
        new LabelingTask
        {
            Id = ChatLoop.App.Storage.Identifier.From(question),
            Kind = kind,
            Prompt = [new PromptMessage(ChatRole.User, question)],
            Answers = kind == LabelingTaskKind.Write ? [] : [new TaskAnswer("First answer."), new TaskAnswer("Second answer."), new TaskAnswer("Third answer.")],
            Labelers = 3,
            Owners = owner is null ? [] : [owner],
            OpenedAt = At,
            Submissions = submissions,
        },
        CancellationToken.None);

    public static Submission Said(string labeler, int[]? ranks = null, Rating[]? ratings = null, string? text = null, string[]? categories = null) =>
        new() { Id = labeler, Labeler = labeler, SubmittedAt = At, Ranks = ranks, Ratings = ratings, Text = text, Categories = categories };
}
