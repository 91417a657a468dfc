namespace ChatLoop.Core.Feedback;

internal static class RewardLabelingChecks
{
    private const int MostAnswers = 100;

    public static IEnumerable<string> Mistakes(RewardLabelingRequest message) =>
    [
        .. FieldChecks.Id("id", message.Id),
        .. FieldChecks.OptionalId("rewardModel", message.RewardModel),
        .. FieldChecks.Kind("purpose", message.Purpose),
        .. FieldChecks.Time(message.At),
        .. message.Answers.Count is < 1 or > MostAnswers ? [$"answers names {message.Answers.Count} answers; one message takes 1 to {MostAnswers}."] : Array.Empty<string>(),
        .. message.Answers.SelectMany((answer, index) => Reference($"answers[{index}]", answer, message.Purpose)),
    ];

    private static IEnumerable<string> Reference(string field, AnswerReference? answer, RewardLabelingPurpose? purpose)
    {
        if (answer is null) return [$"{field} is null."];
        var inConversation = answer.ConversationId is not null || answer.TurnId is not null || answer.DraftId is not null;
        if (answer.TaskId is not null == inConversation) return [$"{field} names either a taskId, or a conversationId and a turnId."];
        if (answer.TaskId is not null) return FieldChecks.Id($"{field}.taskId", answer.TaskId);
        if (purpose is RewardLabelingPurpose.PreAnnotation or RewardLabelingPurpose.Disagreement) return [$"{field} names a conversation, but only tasks have labelers to help or to differ from: give a taskId."];
        return [.. FieldChecks.Id($"{field}.conversationId", answer.ConversationId), .. FieldChecks.Id($"{field}.turnId", answer.TurnId), .. FieldChecks.OptionalId($"{field}.draftId", answer.DraftId)];
    }
}
