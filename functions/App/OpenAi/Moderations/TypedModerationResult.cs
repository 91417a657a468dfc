using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>A result inside a completion, where it also says what it is and who judged.</summary>
internal sealed record TypedModerationResult : ModerationResult
{
    private TypedModerationResult(ModerationResult verdict, string model)
        : base(verdict) => Model = model;

    public string Type { get; } = "moderation_result";

    public string Model { get; }

    public static TypedModerationResult Of(TextModeration verdict, string model) => new(ModerationResult.Of(verdict.Flagged, verdict.Categories, verdict.Scores), model);
}
