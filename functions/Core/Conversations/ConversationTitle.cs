namespace ChatLoop.Core.Conversations;

/// <summary>What a conversation is called in a list: what its owner says, or else the beginning of its first question.</summary>
public static class ConversationTitle
{
    /// <summary>Of a title that its owner gives.</summary>
    public const int Longest = 120;

    private const int LongestMade = 60;

    // "Hi!" says little: the sentence after it belongs to the title too.
    private const int ShortestMade = 12;

    public static string Of(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Title ?? (conversation.Turns is [var first, ..] ? Make(first.Question) : "");
    }

    /// <summary>The first sentence of a question, cut between two words.</summary>
    public static string Make(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var text = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var end = SentenceEnd(text);
        if (end <= LongestMade)
            return text[..end].TrimEnd('.', ' ') is { Length: > 0 } title ? title : text[..end];
        var space = text.LastIndexOf(' ', LongestMade);
        // One word, or none as in languages without spaces: between two characters, not within one of two halves.
        var cut = space > ShortestMade ? space : char.IsLowSurrogate(text[LongestMade]) ? LongestMade - 1 : LongestMade;
        return $"{text[..cut].TrimEnd(',', ';', ':', '.', '-', ' ')}…";
    }

    private static int SentenceEnd(string text)
    {
        for (var at = ShortestMade; at < text.Length; at++)
            if (text[at - 1] is '。' or '！' or '？' || (text[at] == ' ' && text[at - 1] is '.' or '!' or '?'))
                return at;
        return text.Length;
    }
}
