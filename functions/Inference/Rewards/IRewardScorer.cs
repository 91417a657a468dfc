namespace ChatLoop.Inference.Rewards;

/// <summary>Scores answers with a reward model: 0 is an average answer, 1 a deviation better.</summary>
public interface IRewardScorer
{
    /// <summary>The model's name.</summary>
    string Name { get; }

    /// <summary>The rewards of several conversations; the last message of each is the assistant's.</summary>
    /// <exception cref="ArgumentException">A conversation does not end with an answer, or its last question and answer are longer than the model reads.</exception>
    float[] Score(IReadOnlyList<IReadOnlyList<(string Role, string Text)>> conversations);
}
