namespace ChatLoop.App.Moderation.Review;

/// <summary>The body of a report, which may be empty.</summary>
internal sealed record ReportRequest(string? Comment);
