using ChatLoop.Core.Labeling;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>The body of a submission; ranks and ratings are in the order in which the answers were shown.</summary>
internal sealed record SubmissionRequest(string? Id, IReadOnlyList<int>? Ranks, IReadOnlyList<Rating>? Ratings, string? Text, IReadOnlyList<string>? Categories, string? Comment);
