namespace ChatLoop.App.Streaming;

/// <summary>What can happen to a turn that is read along; server-sent events bear these names in lower case.</summary>
internal enum TurnEventKind
{
    /// <summary>It was accepted and waits.</summary>
    Queued,

    /// <summary>Its question passed, and the model writes.</summary>
    Moderated,

    /// <summary>More text, to be put after what there is.</summary>
    Delta,

    /// <summary>The text so far no longer stands: another takes its place, a template's or, when an attempt begins anew, none yet.</summary>
    Replaced,

    /// <summary>It has its reply. Always the last.</summary>
    Done,
}
