namespace ChatLoop.Training.Evaluation.Answers;

/// <summary>A question to be answered in words.</summary>
/// <param name="Set">The data set, as tables name it.</param>
/// <param name="Text">What the user says: the question, after the passage that it is about where there is one.</param>
/// <param name="References">Right answers.</param>
internal sealed record OpenQuestion(string Set, string Text, IReadOnlyList<string> References);
