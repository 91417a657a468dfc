using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Improvement;

/// <summary>How the loop makes the next model.</summary>
public sealed class ImprovementOptions
{
    public const string Section = "Improvement";

    internal const string ContainerAppsJob = "containerApps";

    /// <summary>Where training runs: `local`, as a process of this machine, or `containerApps`, as an Azure Container Apps job.</summary>
    [RegularExpression("^(local|containerApps)$", ErrorMessage = "Improvement:Job must be local or containerApps.")]
    public string Job { get; set; } = "local";

    /// <summary>The trainer, ChatLoop.Training.dll. Empty: `trainer/` beside the app, or the newest build in the repository that the app lies in.</summary>
    public string TrainerPath { get; set; } = "";

    /// <summary>The recipe that runs follow; the app adds data and base model. Empty: `Recipes/improve.json` beside the trainer.</summary>
    public string RecipePath { get; set; } = "";

    /// <summary>Where run folders are kept. Empty: `chatloop/runs` in the user's local data folder.</summary>
    public string RunsPath { get; set; } = "";

    /// <summary>The reward model that judges, relative to the app's folder: put into recipes whose judge is a finished model. Empty leaves the recipe's.</summary>
    public string JudgeModelPath { get; set; } = "models/reward";

    /// <summary>The moderation model that counts flagged answers, relative to the app's folder. Empty leaves the recipe's.</summary>
    public string ModerationModelPath { get; set; } = "models/moderation";

    /// <summary>How soon a started training is looked after; later ones are looked after less often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan TrainingTimeout { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How often a training that was interrupted (killed, out of memory, machine restarted) is carried on.</summary>
    [Range(1, 100)]
    public int MostStarts { get; set; } = 5;

    /// <summary>How long a person has to approve.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan ApprovalTimeout { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long an instance may take to serve the new model before the old one is made current again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "06:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan ServeTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the last run the timer starts another; empty for never.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan? Every { get; set; }

    /// <summary>How many more comparisons than at the last run the timer waits for.</summary>
    [Range(0, 1_000_000)]
    public int LeastNewComparisons { get; set; } = 100;
}
