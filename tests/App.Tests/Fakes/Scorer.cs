using ChatLoop.Inference.Rewards;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>A reward model that scores an answer as the test has it.</summary>
internal sealed class Scorer(Func<string, double> score) : IRewardScorer
{
    public string Name => "fake-reward";

    public float[] Score(IReadOnlyList<IReadOnlyList<(string Role, string Text)>> conversations) => [.. conversations.Select(conversation => (float)score(conversation[^1].Text))];
}
