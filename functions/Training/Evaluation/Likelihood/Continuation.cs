namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>Ids whose likelihood is asked for, and what stands before them.</summary>
/// <param name="Context">At least one id; cut on the left where it is too long for the model.</param>
/// <param name="Ids">At least one id.</param>
internal sealed record Continuation(IReadOnlyList<int> Context, IReadOnlyList<int> Ids);
