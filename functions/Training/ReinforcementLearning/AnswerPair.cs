namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>A question with two answers, each ending with its EOS, of which people liked one better.</summary>
internal sealed record AnswerPair(Question Question, IReadOnlyList<int> Chosen, IReadOnlyList<int> Rejected);
