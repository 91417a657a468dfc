using System.Text.Json;
using ChatLoop.Core.Chat;

namespace ChatLoop.Training.Data.Sources;

/// <summary>Conversations of several turns.</summary>
internal static class SmallTalk
{
    // Opinions and dated claims that an assistant of ours should not take over.
    private static readonly string[] ChatterBotLeftOut = ["ai", "botprofile", "coding", "gossip", "politics", "psychology", "tech_support", "emotion", "money", "movies", "sports"];

    /// <summary>YAML lists of lists of one shape ("- - question", "  - answer"), read line by line.</summary>
    public static IEnumerable<Conversation> ChatterBot(DataSet set)
    {
        foreach (var file in set.Files.Where(file => !ChatterBotLeftOut.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            var turns = new List<string>();
            foreach (var line in File.ReadLines(file).SkipWhile(line => !line.StartsWith("conversations:", StringComparison.Ordinal)).Skip(1).Append("- - "))
            {
                if (line.StartsWith("- - ", StringComparison.Ordinal))
                {
                    if (turns.Count >= 2) yield return Alternate(set.Name, turns);
                    turns = [Scalar(line[4..])];
                }
                else if (line.StartsWith("  - ", StringComparison.Ordinal)) turns.Add(Scalar(line[4..]));
                else if (turns.Count > 0 && line.StartsWith("    ", StringComparison.Ordinal)) turns[^1] += " " + line.Trim();
            }
        }
    }

    /// <summary>From each tree the path of best-ranked replies.</summary>
    public static IEnumerable<Conversation> OpenAssistant(DataSet set)
    {
        foreach (var tree in JsonLines.Read(set["en_100_tree.jsonl.gz"]))
        {
            var messages = new List<Message>();
            for (JsonRecord? node = tree.Part(tree.GetProperty("prompt")); node is { } message; node = Best(message))
            {
                messages.Add(new Message(message.Text("role") == "prompter" ? ChatRole.User : ChatRole.Assistant, message.Text("text")));
            }

            yield return new Conversation(set.Name, messages, tree.Text("message_tree_id"));
        }
    }

    public static IEnumerable<Conversation> SchemaGuided(DataSet set) =>
        JsonLines.Read(set["train.jsonl.gz"]).Select(record => new Conversation(
            set.Name, GenericSource.Turns(record.GetProperty("turns"), ChatRole.User), record.GetRawText()));

    public static IEnumerable<Conversation> Taskmaster(DataSet set) =>
        JsonLines.Read(set["coffee-dialogs.jsonl.gz"]).Select(record => new Conversation(
            set.Name, GenericSource.Turns(record.GetProperty("turns"), ChatRole.User), record.Text("id")));

    public static IEnumerable<Conversation> TopicalChat(DataSet set) =>
        JsonLines.Read(set["topicalchat-valid-test.jsonl.gz"]).Select(record => new Conversation(
            set.Name, GenericSource.Turns(record.GetProperty("turns"), record.GetProperty("turns")[0][0].GetString()!), record.Text("id")));

    private static JsonRecord? Best(JsonRecord message) =>
        message.TryGetProperty("replies", out var replies) && replies.GetArrayLength() > 0
            ? message.Part(replies.EnumerateArray().MinBy(reply => reply.TryGetProperty("rank", out var rank) && rank.ValueKind == JsonValueKind.Number ? rank.GetInt32() : int.MaxValue))
            : null;

    private static Conversation Alternate(string set, List<string> turns) =>
        new(set, [.. turns.Select((text, i) => new Message(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, text))], turns[0]);

    private static string Scalar(string yaml)
    {
        yaml = yaml.Trim();
        return yaml.Length >= 2 && yaml[0] == yaml[^1] && yaml[0] is '"' or '\'' ? yaml[1..^1].Replace("''", "'", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal) : yaml;
    }
}
