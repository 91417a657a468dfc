namespace ChatLoop.Core.Datasets;

/// <summary>How many items (tasks, demonstrations, ratings) are not in a version.</summary>
/// <param name="WithoutConsent">Their user does not consent.</param>
/// <param name="WithoutPreference">Comparisons in which nothing is better than anything.</param>
/// <param name="Duplicates">Their prompt came before.</param>
/// <param name="OverLimit">Their user has given more prompts than are taken of one.</param>
public sealed record LeftOut(int WithoutConsent, int WithoutPreference, int Duplicates, int OverLimit);
