using System.Text.Json;
using ChatLoop.Core.Chat;

namespace ChatLoop.Training.Data.Sources;

/// <summary>
/// The documented formats, by which users bring their own data: `.txt` (one document), and JSONL records with `text` (a document) or
/// `messages` (a conversation). Ranked answers (`chosen`) and labelled texts (`label`) are for other stages.
/// </summary>
internal static class GenericSource
{
    public static IEnumerable<TextDocument> Texts(DataSet set)
    {
        foreach (var file in set.Files)
        {
            if (file.Contains(".txt", StringComparison.Ordinal))
            {
                yield return new TextDocument(set.Name, JsonLines.ReadText(file));
                continue;
            }

            if (!file.Contains(".jsonl", StringComparison.Ordinal)) continue;
            foreach (var record in JsonLines.Read(file))
            {
                if (record.TryGetProperty("text", out _) && !record.TryGetProperty("label", out _)) yield return new TextDocument(set.Name, record.Text("text"));
            }
        }
    }

    public static IEnumerable<Conversation> Conversations(DataSet set) =>
        from file in set.Files
        where file.Contains(".jsonl", StringComparison.Ordinal)
        from record in JsonLines.Read(file)
        where record.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
        select new Conversation(set.Name, [.. record.GetProperty("messages").EnumerateArray().Select(m => new Message(m.Text("role"), m.Text("content")))], record.GetRawText());

    /// <summary>Turns as pairs of speaker and text, with the speaker who counts as the user.</summary>
    public static IReadOnlyList<Message> Turns(JsonElement turns, string user) =>
        [.. turns.EnumerateArray().Select(turn => new Message(turn[0].GetString() == user ? ChatRole.User : ChatRole.Assistant, turn[1].GetString() ?? ""))];
}
