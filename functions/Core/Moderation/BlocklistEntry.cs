namespace ChatLoop.Core.Moderation;

/// <summary>One rule of the blocklist.</summary>
/// <param name="Name">What a verdict calls the rule, so that it need not repeat the phrase.</param>
/// <param name="Phrase">A word or words, matched whole after normalisation.</param>
/// <param name="Category">One of <see cref="ModerationCategory.All"/>.</param>
public sealed record BlocklistEntry(string Name, string Phrase, string Category);
