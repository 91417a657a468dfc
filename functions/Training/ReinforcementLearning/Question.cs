namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>What a policy is asked: the text for people, and the ids up to the token that asks the assistant to speak.</summary>
/// <param name="Source">The data set it comes from.</param>
internal sealed record Question(string Text, IReadOnlyList<int> Ids, string Source);
