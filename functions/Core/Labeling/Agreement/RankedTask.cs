namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>One task of answers and how each labeler ranked them.</summary>
/// <param name="ByLabeler">The labeler's id and ranking; all rankings are of the same answers in the same order.</param>
public sealed record RankedTask(string Id, IReadOnlyDictionary<string, Ranking> ByLabeler);
