using Azure.Data.Tables;

namespace ChatLoop.App.Storage;

/// <summary>The app's tables by what they hold; all of them exist once the host has started.</summary>
public sealed class AppTables(TableServiceClient service, string prefix)
{
    internal static readonly string[] Names =
        ["Judgements", "Users", "UserItems", "LabelingTasks", "OpenTasks", "Labelers", "RewardScores", "FailedMessages", "ImprovementRuns", "ApiKeys", "ApiKeyUses", "ModerationReports"];

    /// <summary>What users said of answers, one row per user, turn and kind of judgement.</summary>
    public TableClient Judgements => Get("Judgements");

    /// <summary>What is known of a user: consent.</summary>
    public TableClient Users => Get("Users");

    /// <summary>Which things are whose, so that all of a user's can be found, exported and purged.</summary>
    public TableClient UserItems => Get("UserItems");

    public TableClient LabelingTasks => Get("LabelingTasks");

    /// <summary>Tasks that want labelers, in the order in which they are handed out.</summary>
    public TableClient OpenTasks => Get("OpenTasks");

    /// <summary>Which tasks a labeler holds.</summary>
    public TableClient Labelers => Get("Labelers");

    public TableClient RewardScores => Get("RewardScores");

    /// <summary>Messages that a queue's function could not take, and why.</summary>
    public TableClient FailedMessages => Get("FailedMessages");

    public TableClient ImprovementRuns => Get("ImprovementRuns");

    public TableClient ApiKeys => Get("ApiKeys");

    /// <summary>What each key has used of its limits.</summary>
    public TableClient ApiKeyUses => Get("ApiKeyUses");

    /// <summary>Which blocked turns their users call a mistake.</summary>
    public TableClient ModerationReports => Get("ModerationReports");

    private TableClient Get(string name) => service.GetTableClient(prefix + name);

    internal Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Names.Select(name => service.CreateTableIfNotExistsAsync(prefix + name, cancellationToken)));
}
