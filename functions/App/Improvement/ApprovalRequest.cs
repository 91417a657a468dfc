namespace ChatLoop.App.Improvement;

/// <summary>The body of POST /api/improvements/{runId}/approval.</summary>
internal sealed record ApprovalRequest(string? Decision, string? Comment)
{
    private const int LongestComment = 2_000;

    public string? Mistake() =>
        Decision is not (Approval.Approve or Approval.Reject) ? "decision must be approve or reject."
        : Comment?.Length > LongestComment ? $"comment has {Comment.Length} characters; at most {LongestComment} are taken."
        : null;
}
