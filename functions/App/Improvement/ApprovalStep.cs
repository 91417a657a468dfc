namespace ChatLoop.App.Improvement;

/// <summary>A run and what a person decided of it; null where nobody did in time.</summary>
public sealed record ApprovalStep(string RunId, Approval? Approval);
