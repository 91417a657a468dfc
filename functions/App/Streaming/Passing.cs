namespace ChatLoop.App.Streaming;

/// <summary>What becomes of an answer that is being written.</summary>
internal enum Passing
{
    GoesOn,

    /// <summary>Moderation flagged it.</summary>
    Blocked,

    /// <summary>Somebody stopped it, or its turn has ended or is gone: what was released stands.</summary>
    Stopped,
}
