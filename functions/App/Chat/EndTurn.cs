using ChatLoop.App.Conversations;
using ChatLoop.App.Streaming;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Chat;

/// <summary>Stores the reply of a turn; the first one stands.</summary>
public sealed class EndTurn(ConversationStore conversations, TurnStreams streams, ModerationPolicy policy, TimeProvider time, ILogger<EndTurn> logger)
{
    [Function(nameof(EndTurn))]
    public Task<EndedTurn> RunAsync([ActivityTrigger] TurnEnd end, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var conversation = await conversations.ChangeExistingAsync(end.ConversationId, stored => stored.End(end.TurnId, turn => Reply(turn, end)), end.Version, cancellationToken);
        if (conversation is null)
        {
            // It was purged while the turn ran: the reply goes where the question went.
            logger.ConversationGone(end.TurnId);
            return new EndedTurn(null);
        }

        var turn = conversation.ReadTurn(end.TurnId);
        if (turn.Stream)
            await streams.AppendAsync(turn.Id, new StreamLine(StreamLineKind.End), create: false, cancellationToken);
        var reply = turn.Reply!;
        logger.TurnEnded(end.TurnId, reply.Source.ToString(), reply.FinishReason, reply.Template?.Kind.ToString(), reply.Timings.TotalMs);
        string[] after = [.. conversation.After(end.TurnId).Select(next => next.Id)];
        return new EndedTurn(after.FirstOrDefault()) { OtherTurnIds = after.Length > 1 ? after[1..] : null };
    });

    private Reply Reply(Turn turn, TurnEnd end)
    {
        // The orchestrator has seen to it; a text of the model that nobody has let through must not get out by a later mistake there.
        if (end.Template is null && (turn.Draft is null || !Passed(end.Moderation.Question, ModerationDirection.Question) || !Passed(end.Moderation.Answer, ModerationDirection.Answer)))
            throw new InvalidOperationException($"Turn {turn.Id} has no answer that passed moderation, and no template.");
        var now = time.GetUtcNow();
        var drafts = end.Template is null ? ReplyDrafts.Of(turn, end) : null;
        return new Reply
        {
            Text = end.Template?.Text ?? turn.Draft!.Text,
            Source = end.Template is null ? ReplySource.Model : ReplySource.Template,
            Drafts = drafts,
            FinishReason = end.Template is null ? turn.Draft!.FinishReason : FinishReason(end.Template.Key.Kind),
            Template = end.Template?.Key,
            Moderation = new TurnModeration(end.Moderation.Question?.With(turn.Masked), end.Moderation.Answer?.With(turn.Draft?.Masked)),
            Usage = turn.Draft?.Usage,
            Timings = new TurnTimings(Math.Round(end.ModerationMs, 3), Math.Round(end.GenerationMs, 1), Math.Round((now - turn.AcceptedAt).TotalMilliseconds, 1)),
            AnsweredAt = now,
        };
    }

    private bool Passed(TextModeration? judged, ModerationDirection direction) =>
        judged is { Flagged: false } && (!judged.NotModerated || policy.WhenUnavailable.IsOpen(direction));

    private static string FinishReason(TemplateKind kind) => kind switch
    {
        TemplateKind.QuestionBlocked or TemplateKind.AnswerBlocked => "content_filter",
        TemplateKind.TimedOut => "timeout",
        TemplateKind.TooLong => "length",
        _ => "error",
    };
}
