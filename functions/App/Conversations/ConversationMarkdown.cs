using System.Globalization;
using System.Text;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>A conversation as a text to keep: the turns on the way to one of them, and what is shown of their answers.</summary>
internal static class ConversationMarkdown
{
    public static string Of(Conversation conversation, Turn last)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {ConversationTitle.Of(conversation)}\n\n{conversation.CreatedAt:u}\n");
        foreach (var turn in conversation.Before(last.Id).Append(last))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## You\n\n{turn.Question}\n");
            text.Append(CultureInfo.InvariantCulture, $"\n## {Author(turn.Reply)}\n\n{turn.Reply?.Text ?? "*No answer yet.*"}\n");
        }

        return text.ToString();
    }

    private static string Author(Reply? reply) => reply is { Source: ReplySource.Template } ? "ChatLoop (template)" : "ChatLoop";
}
