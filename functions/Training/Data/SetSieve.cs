using System.Text;
using ChatLoop.Core.Chat;

namespace ChatLoop.Training.Data;

/// <summary>Cleans one set's texts and conversations and drops what came before or what a test holds; counts what it drops.</summary>
internal sealed class SetSieve(DataOptions options, HeldOutText heldOut, HashSet<ulong> seen)
{
    // Short paragraphs ("Yes." or a chapter's number) recur for good reason.
    private const int ShortestDuplicate = 60;

    public int Duplicates { get; private set; }

    public int HeldOut { get; private set; }

    public int Unfit { get; private set; }

    /// <summary>The text without the paragraphs that are dropped; null when nothing is left.</summary>
    public string? Text(string text)
    {
        var kept = new StringBuilder();
        foreach (var paragraph in TextCleaner.Clean(text).Split("\n\n"))
        {
            if (paragraph.Length >= ShortestDuplicate && !seen.Add(StableHash.Of(TextCleaner.Normalized(paragraph)))) Duplicates++;
            else if (heldOut.Touches(paragraph)) HeldOut++;
            else kept.Append(kept.Length > 0 ? "\n\n" : "").Append(paragraph);
        }

        return kept.Length > 0 ? kept.ToString() : null;
    }

    /// <summary>The conversation cut to whole turns that fit, ending with the assistant; null when it is dropped.</summary>
    public Conversation? Conversation(Conversation conversation)
    {
        var messages = conversation.Messages.Select(m => m with { Content = TextCleaner.Clean(m.Content) }).ToList();
        var length = 0;
        var fitting = messages.TakeWhile(m => (length += m.Content.Length) <= options.MaxConversationCharacters).Count();
        messages.RemoveRange(fitting, messages.Count - fitting);
        while (messages.Count > 0 && messages[^1].Role != ChatRole.Assistant) messages.RemoveAt(messages.Count - 1);

        var speakers = messages.Select(m => m.Role).SkipWhile(role => role == ChatRole.System);
        var alternates = speakers.Index().All(s => s.Item == (s.Index % 2 == 0 ? ChatRole.User : ChatRole.Assistant));
        if (messages.Count < 2 || !alternates || messages.Any(m => m.Content.Length == 0)) Unfit++;
        else if (!seen.Add(StableHash.Of(string.Join('|', messages.Select(m => TextCleaner.Normalized(m.Content)))))) Duplicates++;
        else if (messages.Any(m => heldOut.Touches(m.Content))) HeldOut++;
        else return conversation with { Messages = messages };
        return null;
    }
}
