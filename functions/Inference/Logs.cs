using ChatLoop.Core.Moderation;
using Microsoft.Extensions.Logging;

namespace ChatLoop.Inference;

/// <summary>Event ids 3000–3099. Counts and durations only: what users write is never logged.</summary>
internal static partial class Logs
{
    [LoggerMessage(3000, LogLevel.Information, "Loaded chat model {Name} from {Folder}: {Layers} layers, {Vocabulary} tokens, context {Context}, cache {Cache}.")]
    public static partial void ModelLoaded(this ILogger logger, string name, string folder, int layers, int vocabulary, int context, string cache);

    [LoggerMessage(3001, LogLevel.Debug, "Prompt of {Tokens} tokens; left out {DroppedTurns} of the oldest turns.")]
    public static partial void PromptReady(this ILogger logger, int tokens, int droppedTurns);

    [LoggerMessage(3002, LogLevel.Debug, "Answered: {PromptTokens} tokens in, {OutputTokens} out, {FinishReason}, {Milliseconds:F0} ms.")]
    public static partial void Answered(this ILogger logger, int promptTokens, int outputTokens, string finishReason, double milliseconds);

    [LoggerMessage(3003, LogLevel.Debug, "Cancelled after {OutputTokens} tokens.")]
    public static partial void AnswerCancelled(this ILogger logger, int outputTokens);

    [LoggerMessage(3004, LogLevel.Information, "Model version {Before} made way for {Version} ({Name}).")]
    public static partial void ModelSwapped(this ILogger logger, string before, string version, string name);

    [LoggerMessage(3005, LogLevel.Error, "An answer failed after {OutputTokens} tokens.")]
    public static partial void AnswerFailed(this ILogger logger, int outputTokens, Exception exception);

    [LoggerMessage(3050, LogLevel.Information, "Loaded moderation model {Name} from {Folder}: {Categories} categories, {Rules} blocklist rules.")]
    public static partial void ModeratorLoaded(this ILogger logger, string name, string folder, int categories, int rules);

    [LoggerMessage(3051, LogLevel.Debug, "Moderated a {Direction} of {Characters} characters: flagged {Flagged}, {Categories} categories.")]
    public static partial void Moderated(this ILogger logger, ModerationDirection direction, int characters, bool flagged, int categories);

    [LoggerMessage(3060, LogLevel.Information, "Loaded reward model {Name}.")]
    public static partial void RewardModelLoaded(this ILogger logger, string name);

    [LoggerMessage(3061, LogLevel.Warning, "Reward:ModelPath is empty: answers are not scored, and labelers are shown no model's opinion.")]
    public static partial void RewardModelMissing(this ILogger logger);
}
