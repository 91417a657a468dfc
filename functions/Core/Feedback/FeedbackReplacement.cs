namespace ChatLoop.Core.Feedback;

/// <summary>Which of several messages with one key stands.</summary>
public static class FeedbackReplacement
{
    /// <summary>The later one replaces; of two at the same moment, the one with the greater id: in any order of delivery the same one is left.</summary>
    public static bool Replaces(this FeedbackMessage message, FeedbackMessage stored)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(stored);
        return message.At != stored.At ? message.At > stored.At : string.CompareOrdinal(message.Id, stored.Id) > 0;
    }
}
