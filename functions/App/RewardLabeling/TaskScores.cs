namespace ChatLoop.App.RewardLabeling;

/// <summary>What a reward model says of a task's answers.</summary>
/// <param name="Scores">One per answer, in the task's order; 0 is an average answer.</param>
/// <param name="IsLabel">Whether the scores were asked for as labels of AI feedback.</param>
/// <param name="TauB">How the model's order goes with people's consensus; null where that was not looked at or is not defined.</param>
public sealed record TaskScores(string TaskId, string Model, IReadOnlyList<double> Scores, bool IsLabel, double? TauB);
