namespace ChatLoop.App.Feedback;

/// <summary>One of two answers that a user chose between.</summary>
public sealed record StoredDraft(string DraftId, string Text);
