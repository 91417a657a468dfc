namespace ChatLoop.App.Moderation.Review;

/// <summary>Reports, the latest first.</summary>
internal sealed record ReportList(IReadOnlyList<ReportView> Reports);
