using System.Security.Cryptography;
using System.Text;

namespace ChatLoop.Core.Feedback;

/// <summary>The three queues of the loop.</summary>
public static class QueueContracts
{
    /// <summary>
    /// One key per user, turn and kind of judgement: thumbs up and down are one kind, so that the same user judging the same turn again
    /// replaces (<see cref="FeedbackReplacement"/>), while a correction does not undo the thumb.
    /// </summary>
    public static QueueContract<FeedbackMessage> Feedback { get; } = new(
        "feedback", oldest: 1, current: 1, FeedbackJsonContext.Default.FeedbackMessage, message => message.SchemaVersion, FeedbackChecks.Mistakes,
        message => Key("feedback", message.UserId, message.ConversationId, message.TurnId, message.Kind is FeedbackKind.ThumbUp or FeedbackKind.ThumbDown ? "thumb" : $"{message.Kind}"));

    /// <summary>One key per sender and id.</summary>
    public static QueueContract<LabelingRequest> LabelingTasks { get; } = new(
        "labeling-tasks", oldest: 1, current: 1, FeedbackJsonContext.Default.LabelingRequest, message => message.SchemaVersion, LabelingRequestChecks.Mistakes,
        message => Key("labeling-tasks", message.SubmittedBy, message.Id));

    /// <summary>One key per piece of work (purpose, model and answers in any order), whatever the message's id.</summary>
    public static QueueContract<RewardLabelingRequest> RewardLabeling { get; } = new(
        "reward-labeling", oldest: 1, current: 1, FeedbackJsonContext.Default.RewardLabelingRequest, message => message.SchemaVersion, RewardLabelingChecks.Mistakes,
        message => Key(["reward-labeling", $"{message.Purpose}", message.RewardModel, .. message.Answers.Select(a => Key(a.TaskId, a.ConversationId, a.TurnId, a.DraftId)).Distinct().Order(StringComparer.Ordinal)]));

    // Each part with its length before it: ("ab", "c") and ("a", "bc") differ, and so do null and "".
    private static string Key(params IEnumerable<string?> parts)
    {
        var text = string.Concat(parts.Select(part => part is null ? "-" : $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
