namespace ChatLoop.Training.Data.Ranked;

/// <summary>An answer with the messages before it.</summary>
/// <param name="Prompt">What the assistant was asked: messages, the last from the user.</param>
/// <param name="Text">The answer.</param>
/// <param name="Score">Higher is better; equal scores are a tie.</param>
internal sealed record RankedAnswer(IReadOnlyList<Message> Prompt, string Text, double Score);
