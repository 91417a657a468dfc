using System.Text.Json.Serialization;

namespace ChatLoop.Core.Templates;

/// <summary>Why a template answers instead of the model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemplateKind>))]
public enum TemplateKind
{
    [JsonStringEnumMemberName("questionBlocked")]
    QuestionBlocked,

    [JsonStringEnumMemberName("answerBlocked")]
    AnswerBlocked,

    [JsonStringEnumMemberName("moderationUnavailable")]
    ModerationUnavailable,

    [JsonStringEnumMemberName("generationFailed")]
    GenerationFailed,

    [JsonStringEnumMemberName("timedOut")]
    TimedOut,

    /// <summary>The question does not fit the model's window, or its answer is longer than allowed.</summary>
    [JsonStringEnumMemberName("tooLong")]
    TooLong,
}
