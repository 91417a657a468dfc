using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data.Sources;

/// <summary>
/// The documented formats (Data/README.md), by which users bring their own data: `.txt` (one document), and JSONL records with `text` (a
/// document) or `messages` (a conversation). Ranked answers (`chosen`, `answers`, `answer`) and labelled texts (`label`, `labels`) are for other stages.
/// </summary>
internal static class GenericSource
{
    private static readonly string[] Kinds = ["text", "messages", "chosen", "answers", "answer", "label", "labels"];

    private static readonly string[] Roles = [ChatRole.System, ChatRole.User, ChatRole.Assistant];

    public static IEnumerable<TextDocument> Texts(DataSet set) =>
        set.Files.Where(IsText).Select(file => new TextDocument(set.Name, JsonLines.ReadText(file)))
            .Concat(Records(set).Where(IsDocument).Select(record => new TextDocument(set.Name, record.Text("text"))));

    public static IEnumerable<Conversation> Conversations(DataSet set) =>
        from record in Records(set)
        where record.TryGetProperty("messages", out _)
        select new Conversation(set.Name, Messages(record), record.GetRawText());

    /// <summary>Turns as pairs of speaker and text, with the speaker who counts as the user.</summary>
    public static IReadOnlyList<Message> Turns(JsonElement turns, string user) =>
        [.. turns.EnumerateArray().Select(turn => new Message(turn[0].GetString() == user ? ChatRole.User : ChatRole.Assistant, turn[1].GetString() ?? ""))];

    private static IEnumerable<JsonRecord> Records(DataSet set)
    {
        foreach (var file in set.Files.Where(file => !IsText(file)))
        {
            if (!file.Contains(".jsonl", StringComparison.Ordinal)) throw new StageException($"{file}: only .txt and .jsonl files are read (or those with .gz after it). functions/Training/Data/README.md describes them.");
            foreach (var record in JsonLines.Read(file))
            {
                yield return Kinds.Any(kind => record.TryGetProperty(kind, out _)) ? record : throw record.Error($"a record has one of the fields {string.Join(", ", Kinds)}, this one has none");
            }
        }
    }

    private static IReadOnlyList<Message> Messages(JsonRecord record)
    {
        var messages = record.GetProperty("messages");
        if (messages.ValueKind != JsonValueKind.Array) throw record.Error("'messages' is no list");
        return [.. messages.EnumerateArray().Select(record.Part).Select(m => new Message(Role(m), m.Text("content")))];
    }

    private static string Role(JsonRecord message) =>
        message.Text("role") is var role && Roles.Contains(role) ? role : throw message.Error($"the role '{role}' is none of {string.Join(", ", Roles)}");

    private static bool IsText(string file) => file.EndsWith(".txt", StringComparison.Ordinal) || file.EndsWith(".txt.gz", StringComparison.Ordinal);

    private static bool IsDocument(JsonRecord record) => record.TryGetProperty("text", out _) && !record.TryGetProperty("label", out _) && !record.TryGetProperty("labels", out _);
}
