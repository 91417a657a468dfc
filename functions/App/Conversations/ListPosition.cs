using System.Globalization;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Conversations;

/// <summary>A place in a user's list, newest first: after the conversation that it names, even if that one is gone by now.</summary>
internal readonly record struct ListPosition(long Ticks, string Id)
{
    public static ListPosition Of(ListedConversation conversation) => new(conversation.CreatedAt.UtcTicks, conversation.ConversationId);

    public bool IsBefore(ListedConversation conversation) =>
        conversation.CreatedAt.UtcTicks != Ticks ? conversation.CreatedAt.UtcTicks < Ticks : string.CompareOrdinal(conversation.ConversationId, Id) < 0;

    public static bool TryParse(string text, out ListPosition position)
    {
        var parts = text.Split('-', 2);
        var isOne = long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && parts.Length == 2 && Identifier.IsWellFormed(parts[1]);
        position = isOne ? new ListPosition(ticks, parts[1]) : default;
        return isOne;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks}-{Id}");
}
