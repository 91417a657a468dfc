using System.Text.Json;

namespace ChatLoop.Core.Improvement;

/// <summary>`improvement.json`: what the trainer measured of a model that it made from an earlier one. The gates read it.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="BaseModel">The model that the run started from, and was compared with.</param>
/// <param name="Model">The improved model, in the folder `chat`.</param>
/// <param name="RewardAccuracy">The reward model that training used; null where no comparison was held out.</param>
/// <param name="JudgeAccuracy">The reward model that only judged; null where there was none, or no comparison that it had not seen.</param>
/// <param name="WinRate">How often the judge likes the improved model's answer better; null without a judge or held-out prompts.</param>
/// <param name="Kl">Mean over answers of Σ (log π − log π_base), nats an answer; null where no answers were compared.</param>
/// <param name="Moderation">Flagged answers of both models; null where no moderation model was given.</param>
/// <param name="Seconds">Time of all stages together, each that of the sitting that finished it.</param>
public sealed record ImprovementResult(
    int FormatVersion,
    string Recipe,
    ImprovedModel BaseModel,
    ImprovedModel Model,
    RankingAccuracy? RewardAccuracy,
    RankingAccuracy? JudgeAccuracy,
    WinRate? WinRate,
    double? Kl,
    FlaggedShares? Moderation,
    double Seconds)
{
    public const string FileName = "improvement.json";

    public const int CurrentFormat = 1;

    /// <summary>Where the exported model lies in the run folder.</summary>
    public const string ModelFolder = "chat";

    /// <summary>The trainer's report, in the run folder.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Writes the file into a run folder, whole or not at all.</summary>
    public void Save(string runFolder)
    {
        var file = Path.Combine(runFolder, FileName);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this, ImprovementJsonContext.Default.ImprovementResult) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Reads a run folder's result.</summary>
    /// <exception cref="InvalidDataException">The file is missing, damaged or of another format; the message says what to do.</exception>
    public static ImprovementResult Load(string runFolder)
    {
        var file = Path.Combine(runFolder, FileName);
        if (!File.Exists(file)) throw new InvalidDataException($"{file} is missing: the trainer has not finished this run.");
        try
        {
            var result = JsonSerializer.Deserialize(File.ReadAllText(file), ImprovementJsonContext.Default.ImprovementResult);
            if (result is not { Recipe: not null, BaseModel: { Name: not null, Hash: not null }, Model: { Name: not null, Hash: not null } }) throw new InvalidDataException($"{file} is damaged: recipe, baseModel or model is missing. Run the trainer's stage `improvement` again.");
            return result.FormatVersion == CurrentFormat ? result : throw new InvalidDataException($"{file} has format {result.FormatVersion}, this build reads {CurrentFormat}: use a trainer of the same build.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is damaged ({e.Message}): run the trainer's stage `improvement` again.", e);
        }
    }
}
