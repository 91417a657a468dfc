namespace ChatLoop.App.Improvement.Training;

/// <summary>How a training stands.</summary>
/// <param name="Message">The last line that the trainer wrote, or why it ended.</param>
public sealed record TrainingStatus(TrainingState State, string? Message);
