namespace ChatLoop.Core.Feedback;

/// <summary>Who drafts answers, and how.</summary>
/// <param name="Model">The model's name; null for the one that serves.</param>
/// <param name="Temperature">0 to 2; null for the model's own.</param>
public sealed record DraftSource(string? Model = null, double? Temperature = null);
