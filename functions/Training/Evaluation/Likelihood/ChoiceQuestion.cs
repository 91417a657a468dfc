namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>A question with answers to choose from.</summary>
/// <param name="Right">Index of the right one.</param>
internal sealed record ChoiceQuestion(string Question, IReadOnlyList<string> Choices, int Right);
