using ChatLoop.App.Chat;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Streaming;

/// <summary>What the model wrote.</summary>
/// <param name="Text">Where it was stopped, what readers have seen of it, or all of it where there were none.</param>
internal sealed record WrittenAnswer(string Text, string FinishReason, Usage? Usage)
{
    /// <summary>The finish reason of a turn that somebody ended.</summary>
    public const string Stopped = "stopped";

    /// <summary>The kinds of personal data that were masked in it; null where there were none.</summary>
    public IReadOnlyList<string>? Masked { get; init; }

    /// <summary>Why it may not be shown; null where nothing was found.</summary>
    public StepResult? Blocked { get; init; }
}
