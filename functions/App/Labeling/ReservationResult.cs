namespace ChatLoop.App.Labeling;

internal enum ReservationResult
{
    Granted,

    /// <summary>The labeler holds the task, or another request of theirs is about to.</summary>
    HeldAlready,

    /// <summary>The labeler holds as many tasks as anybody may.</summary>
    TooMany,
}
