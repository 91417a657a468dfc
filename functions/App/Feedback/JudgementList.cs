namespace ChatLoop.App.Feedback;

/// <summary>What a user says of a conversation's answers.</summary>
internal sealed record JudgementList(IReadOnlyList<JudgementView> Judgements);
