namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>What a model thinks of a continuation.</summary>
/// <param name="LogProbability">Σ ln p of its ids, nats.</param>
/// <param name="IsGreedy">Whether each of its ids is the likeliest at its place.</param>
internal readonly record struct ScoredContinuation(double LogProbability, bool IsGreedy);
