using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Privacy;

namespace ChatLoop.App.Moderation.Review;

/// <summary>
/// Asks for a labeling task of a turn. Labelers see the texts without personal data, and nothing of what moderation found. The turn's
/// id makes it one task, however often it is asked for.
/// </summary>
internal static class FlagTasks
{
    /// <summary>Who asks, for turns that the policy flags.</summary>
    public const string OfPolicy = "moderation";

    /// <summary>Who asks, for turns that their user reports.</summary>
    public const string OfReport = "moderation-report";

    // In characters; what is longer is judged by its beginning.
    private const int LongestText = 12_000;

    /// <param name="answer">What is judged together with the question; null where the question alone is.</param>
    public static LabelingRequest Request(string submittedBy, string turnId, string question, string? answer, string? ownerId, int labelers, DateTimeOffset at)
    {
        // Letters of most scripts take six bytes in a message.
        for (var longest = LongestText; ; longest /= 2)
        {
            var request = new LabelingRequest
            {
                SchemaVersion = QueueContracts.LabelingTasks.CurrentSchema,
                Id = turnId,
                SubmittedBy = submittedBy,
                Kind = LabelingTaskKind.Flag,
                Prompt = [new PromptMessage(ChatRole.User, Shown(question, longest))],
                Answers = string.IsNullOrWhiteSpace(answer) ? [] : [Shown(answer, longest)],
                Labelers = labelers,
                OwnerId = ownerId,
                At = at,
            };
            if (QueueContracts.LabelingTasks.Write(request).Length <= QueueContract<LabelingRequest>.MostBytes)
                return request;
        }
    }

    private static string Shown(string text, int longest)
    {
        var masked = PersonalData.Mask(text).Text;
        if (masked.Length <= longest)
            return masked;
        return masked[..(char.IsHighSurrogate(masked[longest - 1]) ? longest - 1 : longest)];
    }
}
