using ChatLoop.Core.Conversations;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Conversations;

/// <summary>Finds a user's conversations by the words in their titles and texts: all words must be there, as whole words or as parts of some, in any case.</summary>
public sealed class ConversationSearch(ConversationList list, ConversationStore conversations, IOptions<ConversationOptions> options)
{
    private const int OpenedAtOnce = 8;

    /// <param name="search">Empty for all.</param>
    /// <param name="after">Where an earlier part of the list ended.</param>
    /// <returns>Up to a number of them, newest first. A part that is smaller, or empty, may go on all the same: texts are read within a bound.</returns>
    internal async Task<ConversationPage> ReadAsync(string userId, string search, int most, ListPosition? after, CancellationToken cancellationToken)
    {
        var rest = (await list.ReadAsync(userId, cancellationToken)).Where(conversation => after is not { } position || position.IsBefore(conversation)).ToList();
        var words = search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return Page(rest.Take(most), rest, Math.Min(most, rest.Count));

        var (found, looked) = (new List<ListedConversation>(), 0);
        foreach (var some in rest.Take(options.Value.SearchReads).Chunk(OpenedAtOnce))
        {
            var matches = await Task.WhenAll(some.Select(conversation => MatchesAsync(conversation, words, cancellationToken)));
            foreach (var (index, conversation) in some.Index())
            {
                looked++;
                if (matches[index])
                    found.Add(conversation);
                if (found.Count == most)
                    return Page(found, rest, looked);
            }
        }

        return Page(found, rest, looked);
    }

    private async Task<bool> MatchesAsync(ListedConversation listed, string[] words, CancellationToken cancellationToken)
    {
        if (Contain([listed.Title], words))
            return true;
        return await conversations.FindAsync(listed.ConversationId, cancellationToken) is { } conversation
            && Contain([listed.Title, .. conversation.Turns.SelectMany(turn => new[] { turn.Question, turn.Reply?.Text ?? "" })], words);
    }

    private static bool Contain(IReadOnlyList<string> texts, string[] words) =>
        words.All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static ConversationPage Page(IEnumerable<ListedConversation> found, List<ListedConversation> all, int looked) =>
        new([.. found], looked < all.Count ? ListPosition.Of(all[looked - 1]).ToString() : null);
}
