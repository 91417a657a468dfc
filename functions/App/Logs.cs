using ChatLoop.App.Datasets;
using ChatLoop.App.Improvement;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App;

/// <summary>Event ids 1000–1099, improvement 1200–1249, OpenAI's contract 1300–1349, streaming 1350–1379. Ids, lengths, scores and durations only: what users and the model write is never logged.</summary>
internal static partial class Logs
{
    [LoggerMessage(1000, LogLevel.Information, "Turn {TurnId} of conversation {ConversationId} accepted: {Characters} characters, {TurnsAhead} turns ahead.")]
    public static partial void TurnAccepted(this ILogger logger, string turnId, string conversationId, int characters, int turnsAhead);

    [LoggerMessage(1001, LogLevel.Warning, "Turn {TurnId} was accepted but has no running orchestration (its status: {Status}); started again.")]
    public static partial void TurnRestarted(this ILogger logger, string turnId, string status);

    [LoggerMessage(1002, LogLevel.Debug, "Turn {TurnId} was started by another request at the same time.")]
    public static partial void TurnStartedElsewhere(this ILogger logger, string turnId, Exception exception);

    [LoggerMessage(1003, LogLevel.Information, "Turn {TurnId} ended: {Source}, {FinishReason}, template {Template}, {Milliseconds:F0} ms.")]
    public static partial void TurnEnded(this ILogger logger, string turnId, string source, string finishReason, string? template, double milliseconds);

    [LoggerMessage(1004, LogLevel.Warning, "{Step} of turn {TurnId} failed after all attempts: {ErrorType}.")]
    public static partial void StepFailed(this ILogger logger, string step, string turnId, string errorType);

    [LoggerMessage(1005, LogLevel.Warning, "Turn {TurnId} waited {Limit} for the turn before it, which has not ended; it goes on without.")]
    public static partial void TurnBeforeLost(this ILogger logger, string turnId, TimeSpan limit);

    [LoggerMessage(1006, LogLevel.Information, "The answer of turn {TurnId} was stopped at its time limit after {Milliseconds:F0} ms.")]
    public static partial void GenerationTimedOut(this ILogger logger, string turnId, double milliseconds);

    [LoggerMessage(1007, LogLevel.Information, "{Direction} of turn {TurnId} flagged: {Categories}; blocklist rules: {Rules}.")]
    public static partial void Flagged(this ILogger logger, string direction, string turnId, string categories, string rules);

    [LoggerMessage(1008, LogLevel.Debug, "A request was refused: {Code}.")]
    public static partial void RequestRefused(this ILogger logger, string code);

    [LoggerMessage(1010, LogLevel.Information, "Loaded templates in {Languages}.")]
    public static partial void TemplatesLoaded(this ILogger logger, string languages);

    [LoggerMessage(1020, LogLevel.Information, "Purged {Instances} finished orchestrations and {Keys} idempotency keys from before {Before:u}.")]
    public static partial void HistoryPurged(this ILogger logger, int instances, int keys, DateTimeOffset before);

    [LoggerMessage(1021, LogLevel.Information, "Conversation {ConversationId} with {Turns} turns was deleted by its user.")]
    public static partial void ConversationDeleted(this ILogger logger, string conversationId, int turns);

    [LoggerMessage(1030, LogLevel.Information, "{Direction} of turn {TurnId}: sentences were taken out for {Categories}.")]
    public static partial void SentencesMasked(this ILogger logger, string direction, string turnId, string categories);

    [LoggerMessage(1031, LogLevel.Warning, "{Step} of turn {TurnId} is left out: moderation does not work, and the policy lets such texts pass.")]
    public static partial void NotModerated(this ILogger logger, string step, string turnId);

    [LoggerMessage(1032, LogLevel.Information, "Turn {TurnId} passed, flagged for review: {Categories}; a task was asked for: {Asked}.")]
    public static partial void FlaggedForReview(this ILogger logger, string turnId, string categories, bool asked);

    [LoggerMessage(1033, LogLevel.Information, "Turn {TurnId} was reported as blocked by mistake ({Direction}): labeling task {TaskId}.")]
    public static partial void TurnReported(this ILogger logger, string turnId, string direction, string taskId);

    [LoggerMessage(1100, LogLevel.Information, "Feedback {MessageId} on turn {TurnId} collected: {Kind}, data use allowed: {AllowDataUse}.")]
    public static partial void FeedbackCollected(this ILogger logger, string messageId, string turnId, string kind, bool allowDataUse);

    [LoggerMessage(1101, LogLevel.Information, "Feedback {MessageId} was said before its user was purged; it is not kept.")]
    public static partial void FeedbackOfPurgedUser(this ILogger logger, string messageId);

    [LoggerMessage(1102, LogLevel.Information, "Turn {TurnId} ended after its conversation was purged; nothing is stored.")]
    public static partial void ConversationGone(this ILogger logger, string turnId);

    [LoggerMessage(1110, LogLevel.Warning, "Message {FailedId} of queue {Queue} failed: {Bytes} bytes, {Reasons} reasons; GET /api/admin/failed shows them.")]
    public static partial void MessageFailed(this ILogger logger, string failedId, string queue, int bytes, int reasons);

    [LoggerMessage(1111, LogLevel.Information, "Failed message {FailedId} was put back on queue {Queue}; repaired: {Repaired}.")]
    public static partial void MessageRequeued(this ILogger logger, string failedId, string queue, bool repaired);

    [LoggerMessage(1120, LogLevel.Information, "Purge {PurgeId} ended: {Status}, {Deleted} deleted, {Remaining} left.")]
    public static partial void PurgeEnded(this ILogger logger, string purgeId, string status, int deleted, int remaining);

    [LoggerMessage(1150, LogLevel.Information, "Prepared labeling task {TaskId} ({Kind}): {Answers} answers given, {Drafts} of {Wanted} drafted.")]
    public static partial void TaskPrepared(this ILogger logger, string taskId, string kind, int answers, int drafts, int wanted);

    [LoggerMessage(1151, LogLevel.Information, "Labeling task {TaskId} was asked for before its owner was purged; it is not made.")]
    public static partial void TaskOfPurgedUser(this ILogger logger, string taskId);

    [LoggerMessage(1160, LogLevel.Information, "Reward labeling {MessageId} ({Purpose}): {Scored} scored, {NotScored} not.")]
    public static partial void AnswersScored(this ILogger logger, string messageId, string purpose, int scored, int notScored);

    [LoggerMessage(1161, LogLevel.Information, "People and reward model {Model} disagree on task {TaskId}: tau-b {Tau:F2}.")]
    public static partial void Disagreement(this ILogger logger, string taskId, string model, double tau);

    [LoggerMessage(1200, LogLevel.Error, "Model version {Version} does not serve here; {Serving} goes on.")]
    public static partial void ModelNotTaken(this ILogger logger, string version, string serving, Exception exception);

    [LoggerMessage(1201, LogLevel.Information, "Model version {Version} is the current one from now on.")]
    public static partial void CurrentModelSet(this ILogger logger, string version);

    [LoggerMessage(1202, LogLevel.Information, "Opening model version {Version} beside the one that serves.")]
    public static partial void OtherModelOpened(this ILogger logger, string version);

    [LoggerMessage(1203, LogLevel.Information, "Model version {Version} is not kept any longer beside the one that serves.")]
    public static partial void OtherModelLeft(this ILogger logger, string version);

    [LoggerMessage(1210, LogLevel.Information, "Data set {Id}: {Comparisons} comparisons, {Demonstrations} demonstrations, {Ratings} ratings of {Users} users; not used: {NotUsed}.")]
    public static partial void DatasetBuilt(this ILogger logger, string id, int comparisons, int demonstrations, int ratings, int users, NotUsed notUsed);

    [LoggerMessage(1220, LogLevel.Information, "Improvement {RunId} started by {By}.")]
    public static partial void RunStarted(this ILogger logger, string runId, string by);

    [LoggerMessage(1221, LogLevel.Information, "Improvement {RunId}: {Passed} of {Gates} gates passed.")]
    public static partial void RunJudged(this ILogger logger, string runId, int passed, int gates);

    [LoggerMessage(1222, LogLevel.Information, "Improvement {RunId}: a person decided to {Decision}.")]
    public static partial void RunDecided(this ILogger logger, string runId, string decision);

    [LoggerMessage(1223, LogLevel.Information, "Improvement {RunId} ended: {Status}.")]
    public static partial void RunEnded(this ILogger logger, string runId, RunStatus status);

    [LoggerMessage(1224, LogLevel.Information, "No improvement: {New} new comparisons, {Least} are waited for.")]
    public static partial void TooFewComparisons(this ILogger logger, int @new, int least);

    [LoggerMessage(1225, LogLevel.Warning, "A message asks for an improvement while {RunId} is under way; that one stands for it.")]
    public static partial void RunAlreadyUnderWay(this ILogger logger, string runId);

    [LoggerMessage(1300, LogLevel.Information, "API key {KeyId} made.")]
    public static partial void ApiKeyMade(this ILogger logger, string keyId);

    [LoggerMessage(1301, LogLevel.Information, "API key {KeyId} revoked.")]
    public static partial void ApiKeyRevoked(this ILogger logger, string keyId);

    [LoggerMessage(1310, LogLevel.Debug, "Request {RequestId} was refused: {Status} {Code}.")]
    public static partial void V1Refused(this ILogger logger, string requestId, int status, string? code);

    [LoggerMessage(1311, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void V1Failed(this ILogger logger, string requestId, Exception exception);

    [LoggerMessage(1312, LogLevel.Information, "Request {RequestId}: {Choices} turns in model {Model}, {Tokens} tokens.")]
    public static partial void Completed(this ILogger logger, string requestId, int choices, string model, long tokens);

    [LoggerMessage(1313, LogLevel.Debug, "The client of request {RequestId} has left its stream; the turns go on.")]
    public static partial void StreamLeft(this ILogger logger, string requestId);

    [LoggerMessage(1350, LogLevel.Warning, "Attempt {Attempt} at the answer of turn {TurnId} differs from the {Characters} characters that were released; readers begin anew.")]
    public static partial void AttemptDiffers(this ILogger logger, string turnId, int attempt, int characters);

    [LoggerMessage(1351, LogLevel.Warning, "The answer of turn {TurnId} could not be moderated at character {Characters}; it is held back from there.")]
    public static partial void ChunkNotJudged(this ILogger logger, string turnId, int characters, Exception exception);

    [LoggerMessage(1352, LogLevel.Information, "The answer of turn {TurnId} was stopped after {Characters} characters.")]
    public static partial void AnswerStopped(this ILogger logger, string turnId, int characters);

    [LoggerMessage(1353, LogLevel.Warning, "Whether turn {TurnId} was stopped could not be asked; it is asked again.")]
    public static partial void StopNotChecked(this ILogger logger, string turnId, Exception exception);

    [LoggerMessage(1354, LogLevel.Information, "Somebody asked for the end of turn {TurnId}.")]
    public static partial void StopAsked(this ILogger logger, string turnId);

    [LoggerMessage(1355, LogLevel.Debug, "A stream of turn {TurnId} ended before the turn; its client closed it: {ByClient}.")]
    public static partial void ReaderGone(this ILogger logger, string turnId, bool byClient);

    [LoggerMessage(1356, LogLevel.Error, "A stream of turn {TurnId} failed.")]
    public static partial void StreamFailed(this ILogger logger, string turnId, Exception exception);

    [LoggerMessage(1357, LogLevel.Information, "Purged {Streams} streams from before {Before:u}.")]
    public static partial void StreamsPurged(this ILogger logger, int streams, DateTimeOffset before);
}
