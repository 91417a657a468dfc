using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>The body of a skip.</summary>
internal sealed record SkipRequest(SkipReason? Reason, string? Comment);
