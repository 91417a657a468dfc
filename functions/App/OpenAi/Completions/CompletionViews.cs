using ChatLoop.App.OpenAi.Moderations;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Shapes stored turns into what OpenAI's clients read. What has not passed moderation never gets here.</summary>
internal static class CompletionViews
{
    /// <exception cref="OpenAiException">A turn failed, or did not fit the model.</exception>
    public static ChatCompletion Of(IReadOnlyList<(Conversation Conversation, Turn Turn)> turns, string model)
    {
        foreach (var (_, turn) in turns)
            ThrowIfFailed(turn.Reply!);
        var first = turns[0].Turn;
        return new ChatCompletion(
            IdOf(first.Id), "chat.completion", first.AcceptedAt.ToUnixTimeSeconds(), model, [.. turns.Select(Choice)], UsageOf(turns.Select(turn => turn.Turn.Reply!)), ModerationOf(turns.Select(turn => turn.Turn.Reply!)));
    }

    public static string IdOf(string turnId) => $"chatcmpl-{turnId}";

    /// <summary>stopped is what a person ended: the contract has no word for it but stop.</summary>
    public static string FinishReasonOf(Reply reply) => reply.FinishReason is "length" or "content_filter" ? reply.FinishReason : "stop";

    /// <summary>The prompt is counted once, however many answers it got, as OpenAI counts it.</summary>
    public static CompletionUsage UsageOf(IEnumerable<Reply> replies)
    {
        Usage[] usages = [.. replies.Select(reply => reply.Usage).OfType<Usage>()];
        var (read, written) = (usages.Length > 0 ? usages.Max(usage => usage.InputTokens) : 0, usages.Sum(usage => usage.OutputTokens));
        return new CompletionUsage(read, written, read + written);
    }

    public static CompletionModeration ModerationOf(IEnumerable<Reply> replies)
    {
        TurnModeration[] verdicts = [.. replies.Select(reply => reply.Moderation)];
        return new CompletionModeration(ModerationResults.Of([verdicts[0].Question]), ModerationResults.Of([.. verdicts.Select(verdict => verdict.Answer)]));
    }

    /// <summary>A blocked turn is answered by its template; one that went wrong is an error here, which clients know to try again.</summary>
    public static void ThrowIfFailed(Reply reply)
    {
        switch (reply.Template?.Kind)
        {
            case TemplateKind.TooLong when reply.Usage is null:
                throw OpenAiException.Bad("messages", "context_length_exceeded", "The messages do not fit the model's context, even without the oldest of them. Please reduce the length of the last one, and of the system message.");
            case TemplateKind.ModerationUnavailable:
                throw OpenAiException.Unavailable("moderation_unavailable", reply.Text);
            case TemplateKind.TimedOut:
                throw OpenAiException.Unavailable("timeout", reply.Text);
            case TemplateKind.GenerationFailed:
                throw new OpenAiException(StatusCodes.Status500InternalServerError, "server_error", null, "generation_failed", reply.Text);
        }
    }

    private static ChatCompletion.Choice Choice((Conversation Conversation, Turn Turn) turn, int index) =>
        new(index, new ChatCompletion.Message("assistant", turn.Turn.Reply!.Text, null), FinishReasonOf(turn.Turn.Reply), null)
        {
            Chatloop = new ChatCompletion.TurnName(turn.Conversation.Id, turn.Turn.Id),
        };
}
