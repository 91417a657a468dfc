namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>The answer of POST /v1/moderations: a result for each input.</summary>
internal sealed record ModerationAnswer(string Id, string Model, IReadOnlyList<ModerationResult> Results);
