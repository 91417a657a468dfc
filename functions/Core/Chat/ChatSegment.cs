namespace ChatLoop.Core.Chat;

/// <summary>A piece of a rendered conversation: one special token, or text that is encoded as ordinary text whatever it spells.</summary>
/// <param name="Text">The special token's name, or the text.</param>
/// <param name="IsSpecial">Whether <paramref name="Text"/> names a special token.</param>
/// <param name="IsLearned">Whether the assistant writes this piece, so that fine-tuning takes its loss.</param>
public readonly record struct ChatSegment(string Text, bool IsSpecial, bool IsLearned);
