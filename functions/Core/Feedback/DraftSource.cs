namespace ChatLoop.Core.Feedback;

/// <summary>Who drafts answers, and how.</summary>
/// <param name="Model">A version of the model store, or `shipped`; null for the one that serves.</param>
/// <param name="Temperature">0 to 2; null for the model's own.</param>
public sealed record DraftSource(string? Model = null, double? Temperature = null);
