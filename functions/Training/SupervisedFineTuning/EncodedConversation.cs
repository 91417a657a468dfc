using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>A conversation in the chat template, as ids.</summary>
/// <param name="Ids">From `&lt;|begin|&gt;` to the last `&lt;|end|&gt;`.</param>
/// <param name="Learned">Whether the assistant wrote that id: its text, and the `&lt;|end|&gt;` after it.</param>
internal sealed record EncodedConversation(string Source, ushort[] Ids, bool[] Learned)
{
    /// <summary>Encodes a conversation, leaving out what follows the last answer that fits whole; null when none fits.</summary>
    /// <param name="longest">Most ids it may have.</param>
    public static EncodedConversation? Of(Conversation conversation, Tokenizer tokenizer, int longest)
    {
        var (ids, learned, whole) = (new List<ushort>(), new List<bool>(), 0);
        foreach (var segment in ChatTemplate.Render(conversation.Messages.Select(m => (m.Role, m.Content)), addGenerationPrompt: false))
        {
            var encoded = Encode(segment, tokenizer);
            ids.AddRange(encoded);
            learned.AddRange(Enumerable.Repeat(segment.IsLearned, encoded.Count));
            if (ids.Count > longest) break;
            if (segment is { IsSpecial: true, IsLearned: true }) whole = ids.Count;
        }

        return whole == 0 ? null : new EncodedConversation(conversation.Source, [.. ids.Take(whole)], [.. learned.Take(whole)]);
    }

    /// <summary>The ids of a prompt: messages, then the token that asks the assistant to speak.</summary>
    public static IReadOnlyList<int> Prompt(IEnumerable<(string Role, string Text)> messages, Tokenizer tokenizer) =>
        [.. ChatTemplate.Render(messages, addGenerationPrompt: true).SelectMany(s => Encode(s, tokenizer)).Select(id => (int)id)];

    private static List<ushort> Encode(ChatSegment segment, Tokenizer tokenizer) =>
        segment.IsSpecial
            ? [(ushort)SpecialTokens.All.Index().First(t => t.Item == segment.Text).Index]
            : [.. tokenizer.EncodeToIds(segment.Text).Select(id => (ushort)id)];
}
