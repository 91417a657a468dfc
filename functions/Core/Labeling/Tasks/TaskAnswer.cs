namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>One answer that is to be judged. Ranks and ratings are given in the order of the task's answers.</summary>
/// <param name="Model">Who wrote it: a model's version, or null for a person. Not shown to labelers.</param>
public sealed record TaskAnswer(string Text, string? Model = null);
