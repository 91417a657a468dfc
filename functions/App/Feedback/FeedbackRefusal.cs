namespace ChatLoop.App.Feedback;

/// <summary>Why a judgement cannot be taken: for HTTP a status and a code, for people and the record of failed messages a sentence.</summary>
internal sealed record FeedbackRefusal(int Status, string Code, string Message);
