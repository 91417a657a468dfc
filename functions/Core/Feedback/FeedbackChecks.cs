namespace ChatLoop.Core.Feedback;

internal static class FeedbackChecks
{
    private const int MostReasons = 10;

    public static IEnumerable<string> Mistakes(FeedbackMessage message) =>
    [
        .. FieldChecks.Id("id", message.Id),
        .. FieldChecks.Id("userId", message.UserId),
        .. FieldChecks.Id("conversationId", message.ConversationId),
        .. FieldChecks.Id("turnId", message.TurnId),
        .. FieldChecks.Kind("kind", message.Kind),
        .. FieldChecks.Comment(message.Comment),
        .. FieldChecks.Time(message.At),
        .. Reasons(message),
        .. Preference(message),
        .. Correction(message),
    ];

    private static IEnumerable<string> Reasons(FeedbackMessage message) =>
        message.Reasons.Count > MostReasons ? [$"There are {message.Reasons.Count} reasons; at most {MostReasons} are taken."] : [];

    private static IEnumerable<string> Preference(FeedbackMessage message)
    {
        if (message.Kind != FeedbackKind.Preference)
        {
            if (message.PreferredDraft is not null || message.OtherDraft is not null) yield return "Drafts are named, but the kind is not preference.";
            yield break;
        }

        foreach (var mistake in FieldChecks.Id("preferredDraft", message.PreferredDraft).Concat(FieldChecks.Id("otherDraft", message.OtherDraft))) yield return mistake;
        if (message.PreferredDraft is not null && message.PreferredDraft == message.OtherDraft) yield return "preferredDraft and otherDraft are the same: a preference is between two drafts.";
    }

    private static IEnumerable<string> Correction(FeedbackMessage message) =>
        message.Kind == FeedbackKind.Correction ? FieldChecks.Text("correctedAnswer", message.CorrectedAnswer)
        : message.CorrectedAnswer is not null ? ["There is a correctedAnswer, but the kind is not correction."]
        : [];
}
