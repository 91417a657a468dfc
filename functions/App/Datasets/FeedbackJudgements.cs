using ChatLoop.App.Feedback;
using ChatLoop.Core.Datasets;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling;

namespace ChatLoop.App.Datasets;

/// <summary>What a user's judgement says: a correction is a demonstration, a preference between two drafts a comparison.</summary>
internal static class FeedbackJudgements
{
    private static readonly Ranking FirstIsBetter = Ranking.Of(1, 2);

    public static void Add(GatheredJudgements gathered, StoredFeedback feedback)
    {
        var message = feedback.Message;
        var id = QueueContracts.Feedback.Key(message);
        switch (message.Kind)
        {
            case FeedbackKind.Correction:
                gathered.Demonstrations.Add(new DemonstrationJudgement(id, message.UserId, message.UserId, feedback.Prompt, message.CorrectedAnswer!, message.At));
                break;
            case FeedbackKind.Preference when Text(feedback, message.PreferredDraft) is { } preferred && Text(feedback, message.OtherDraft) is { } other:
                gathered.Comparisons.Add(new ComparisonJudgement(id, message.UserId, message.UserId, feedback.Prompt, [preferred, other], FirstIsBetter, message.At));
                break;
            case FeedbackKind.Preference:
                gathered.NotUsed += new NotUsed(0, 0, 0, Incomplete: 1);
                break;
            default:
                gathered.NotUsed += new NotUsed(Thumbs: 1, 0, 0, 0);
                break;
        }
    }

    private static string? Text(StoredFeedback feedback, string? draftId) => feedback.Drafts?.FirstOrDefault(draft => draft.DraftId == draftId)?.Text;
}
