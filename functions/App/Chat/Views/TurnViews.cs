using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Chat.Views;

/// <summary>Shapes what is stored into what the API shows. What has not passed moderation never gets here.</summary>
internal static class TurnViews
{
    public static ConversationView Of(Conversation conversation) =>
        new(conversation.Id, ConversationTitle.Of(conversation), conversation.CreatedAt, [.. conversation.Turns.Select(turn => Of(conversation, turn))]);

    public static TurnView Of(Conversation conversation, Turn turn) => turn.Reply is not { } reply
        ? new RunningTurn
        {
            ConversationId = conversation.Id,
            TurnId = turn.Id,
            ParentTurnId = conversation.FindParent(turn.Id)?.Id,
            Question = turn.Question,
            AcceptedAt = turn.AcceptedAt,
            StatusUrl = $"/api/chat/{conversation.Id}/turns/{turn.Id}",
        }
        : new AnsweredTurn
        {
            ConversationId = conversation.Id,
            TurnId = turn.Id,
            ParentTurnId = conversation.FindParent(turn.Id)?.Id,
            Question = turn.Question,
            AcceptedAt = turn.AcceptedAt,
            Answer = reply.Text,
            Drafts = reply.Drafts is { } drafts ? [.. drafts.Select(draft => new DraftView(draft.Id, draft.Text))] : null,
            Choice = reply.Choice?.DraftId,
            Source = reply.Source,
            FinishReason = reply.FinishReason,
            Template = reply.Template,
            Moderation = reply.Moderation,
            Usage = reply.Usage,
            Timings = reply.Timings,
            AnsweredAt = reply.AnsweredAt,
        };
}
