using ChatLoop.Core.Chat;

namespace ChatLoop.Core.Datasets;

// One record a line, in the formats of functions/Training/Data/README.md; pairs are TRL's conversational form.

internal sealed record PairLine(IReadOnlyList<PromptMessage> Prompt, IReadOnlyList<PromptMessage> Chosen, IReadOnlyList<PromptMessage> Rejected);

internal sealed record RankedLine(IReadOnlyList<PromptMessage> Prompt, IReadOnlyList<RankedText> Answers);

internal sealed record RankedText(string Text, int Rank);

internal sealed record DemonstrationLine(IReadOnlyList<PromptMessage> Messages);

/// <summary>For the moderation model (functions/Training/Moderation), which judges a text by itself: labels on which people are even are left out.</summary>
internal sealed record ModerationLine(string Text, string Direction, IReadOnlyDictionary<string, bool> Labels);

/// <summary>The trainer reads the score, the mean of the three; the three are there for others.</summary>
internal sealed record RatingLine(IReadOnlyList<PromptMessage> Prompt, string Answer, double Score, int Helpful, int Honest, int Harmless, string Labeler);
