using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Datasets;

/// <summary>Agreement over everything that consenting users' prompts got; null where it is not defined.</summary>
/// <param name="RankingAlpha">Krippendorff's alpha of the rankings, ordinal.</param>
/// <param name="Pairs">Pairs of answers as pairs of labelers see them.</param>
/// <param name="LabelersAtChance">Pseudonyms of labelers who cannot be told from chance (<see cref="LabelerAgreement"/>); their rankings are kept.</param>
public sealed record DatasetAgreement(double? RankingAlpha, PairwiseAgreement Pairs, double? HelpfulAlpha, double? HonestAlpha, double? HarmlessAlpha, IReadOnlyList<string> LabelersAtChance);
