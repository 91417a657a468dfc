namespace ChatLoop.Training.ReinforcementLearning.Rollouts;

/// <summary>What a policy answered to one prompt.</summary>
/// <param name="Ids">The answer's tokens; the first EOS, where there is one, is the last of them.</param>
/// <param name="LogProbabilities">Of each token when it was drawn.</param>
/// <param name="Ended">Whether it has its EOS, and was not cut for its length.</param>
internal sealed record Answer(IReadOnlyList<int> Ids, IReadOnlyList<double> LogProbabilities, bool Ended);
