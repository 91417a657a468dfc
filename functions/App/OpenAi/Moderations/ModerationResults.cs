using System.Text.Json.Serialization;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>Results for one side, or why there are none.</summary>
internal sealed record ModerationResults(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TypedModerationResult>? Results { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <param name="verdicts">Null where a side was not moderated: a blocked question gets no answer that could be.</param>
    public static ModerationResults Of(IReadOnlyList<TextModeration?> verdicts)
    {
        if (verdicts.OfType<TextModeration>().ToList() is not { Count: > 0 } given)
            return new ModerationResults("error") { Code = "not_moderated", Message = "There is no text of the model's to moderate." };
        var model = given[0].Model ?? "moderation";
        return new ModerationResults("moderation_results") { Model = model, Results = [.. given.Select(verdict => TypedModerationResult.Of(verdict, model))] };
    }
}
