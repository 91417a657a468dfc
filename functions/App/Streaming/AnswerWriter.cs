using System.Text;
using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.App.Moderation;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Privacy;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Streaming;

/// <summary>Has the model write an answer until it ends or is stopped, and releases it on the way where somebody reads along.</summary>
public sealed class AnswerWriter(
    ConversationStore conversations, TurnStreams streams, TurnModerator moderator, ModerationPolicy policy, IChatClient model, IOptions<StreamingOptions> options, TimeProvider time, ILogger<AnswerWriter> logger)
{
    /// <param name="release">Whether it is released while it is written: a second draft never is.</param>
    internal async Task<WrittenAnswer> WriteAsync(Conversation conversation, Turn turn, AnswerOptions how, bool release, CancellationToken cancellationToken)
    {
        var releases = release ? await OpenAsync(conversation.Id, turn, cancellationToken) : null;
        if (releases is not null && await releases.BeginAsync(cancellationToken) == Passing.Stopped)
            return Stopped(turn, releases.Released, null);

        var growing = releases is not null && policy.PersonalData.HoldsBack(ModerationDirection.Answer) ? new GrowingText(part => policy.PersonalData.Mask(part, ModerationDirection.Answer).Text) : null;
        await using var stop = new StopSignal(streams, turn.Id, options.Value.StopCheck, time, logger, cancellationToken);
        var text = new StringBuilder();
        Usage? usage = null;
        var finish = ChatFinishReason.Stop;
        try
        {
            await foreach (var update in model.GetStreamingResponseAsync(ModelRequest.Messages(conversation, turn), ModelRequest.Options(how, conversation), stop.Token))
            {
                text.Append(update.Text);
                finish = update.FinishReason ?? finish;
                if (update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details is { } counts)
                    usage = new Usage(counts.InputTokenCount ?? 0, counts.OutputTokenCount ?? 0);
                if (releases is null || update.Text.Length == 0)
                    continue;
                switch (await releases.OfferAsync(growing?.Settle(text.ToString()) ?? text.ToString(), cancellationToken))
                {
                    case Passing.Blocked:
                        return Written(text.ToString(), finish.Value, usage) with { Blocked = releases.Verdict };
                    case Passing.Stopped:
                        return Stopped(turn, releases.Released, usage);
                }
            }
        }
        catch (OperationCanceledException) when (stop.Stopped)
        {
            return Stopped(turn, releases?.Released ?? text.ToString(), usage);
        }

        return Written(text.ToString(), finish.Value, usage);
    }

    /// <summary>Masks what the policy masks, before it is stored.</summary>
    private WrittenAnswer Written(string text, string finishReason, Usage? usage)
    {
        var masked = policy.PersonalData.Mask(text, ModerationDirection.Answer);
        return new WrittenAnswer(masked.Text, finishReason, usage) { Masked = masked.Kinds };
    }

    private async Task<AnswerRelease> OpenAsync(string conversationId, Turn turn, CancellationToken cancellationToken)
    {
        var state = new StreamState();
        if (await streams.ReadAsync(turn.Id, 0, cancellationToken) is { } lines)
        {
            state.Apply(lines);
        }
        else
        {
            await streams.CreateAsync(turn.Id, cancellationToken);
            // A purge that has seen the conversation before the blob was there would leave it behind.
            if (await conversations.FindAsync(conversationId, cancellationToken) is null)
                await streams.DeleteAsync(turn.Id, cancellationToken);
        }

        return new AnswerRelease(turn, state, streams, moderator, options.Value, logger);
    }

    private WrittenAnswer Stopped(Turn turn, string text, Usage? usage)
    {
        logger.AnswerStopped(turn.Id, text.Length);
        return Written(text, WrittenAnswer.Stopped, usage);
    }
}
