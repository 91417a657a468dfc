using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>What a reader of an answer that is being written gets to see next.</summary>
/// <param name="Text">To be put after what there is.</param>
internal sealed record AnswerPart(string Text)
{
    /// <summary>The text so far no longer stands.</summary>
    public bool Replaces { get; init; }

    /// <summary>The turn with its reply, in the last part.</summary>
    public Turn? Answered { get; init; }
}
