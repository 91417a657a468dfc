using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Streaming;

/// <summary>Something that happened to a turn that is read along.</summary>
/// <param name="Position">Where to read on after it: give it as <c>from</c>.</param>
internal sealed record TurnEvent(TurnEventKind Kind, long Position)
{
    /// <summary>Beyond every place in a blob: what the stored reply has more than was released, or in its place.</summary>
    public const long Rest = 1L << 50;

    /// <summary>Of Delta and Replaced.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of Replaced, where a template takes the text's place.</summary>
    public TemplateKey? Template { get; init; }

    /// <summary>Of Queued and Done: the conversation in which the turn stands as it is then.</summary>
    public Conversation? Conversation { get; init; }
}
