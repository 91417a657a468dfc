namespace ChatLoop.Core.Privacy;

/// <summary>A part of a text, from Start up to but without End.</summary>
internal readonly record struct Span(int Start, int End);
