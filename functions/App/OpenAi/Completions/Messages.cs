using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>A client's messages as a conversation has them.</summary>
/// <param name="Question">What stands last, and is to be answered.</param>
/// <param name="Prelude">All that stands before it.</param>
/// <param name="Characters">In all of them.</param>
internal sealed record Messages(string Question, Prelude Prelude, int Characters);
