using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Data.Sources;

namespace ChatLoop.Training.Data.Ranked;

/// <summary>Where ranked answers come from: public sets by their names, the documented formats, and question sets' wrong options.</summary>
internal static class RankedSets
{
    private static readonly Dictionary<string, Func<DataSet, IEnumerable<Comparison>>> Adapters = new()
    {
        ["pref-ukpconvarg1"] = Convincing,
        ["pref-qa-feedback-dev"] = QaFeedback,
        ["pref-taskmaster-reward"] = Taskmaster,
        ["sft-opentriviaqa"] = OpenTrivia,
    };

    // Sets under `pref-` that hold no answers to a question.
    private static readonly string[] Others = ["pref-ethics-util", "pref-humour", "pref-query-wellformedness"];

    public static bool IsRanked(DataSet set) => Adapters.ContainsKey(set.Name) || (set.Name.StartsWith("pref-", StringComparison.Ordinal) && !Others.Contains(set.Name));

    /// <summary>A set's comparisons, texts cleaned, those without a pair dropped.</summary>
    public static IEnumerable<Comparison> Read(DataSet set) =>
        (Adapters.TryGetValue(set.Name, out var adapter) ? adapter : RankedFormats.Read)(set)
            .Select(c => c with { Answers = [.. c.Answers.Select(a => a with { Text = TextCleaner.Clean(a.Text), Prompt = [.. a.Prompt.Select(m => m with { Content = TextCleaner.Clean(m.Content) })] })] })
            .Where(c => c.Pairs.Count > 0 && c.Answers.All(a => a.Text.Length > 0));

    // Both sides of a debate have one key: its arguments are much alike.
    private static IEnumerable<Comparison> Convincing(DataSet set) =>
        from record in JsonLines.Read(set["ukpconvarg1-strict.jsonl.gz"])
        let topic = record.Text("topic")
        select Comparison.Pair(set.Name, topic.Replace('_', ' ').Replace('-', ' '), record.Text("chosen"), record.Text("rejected"), topic.Split('_')[0]);

    // Preferences come in the order of the pairs (1,2), (1,3), (1,4), (2,3), (2,4), (3,4): 0 a tie, 1 the first, 2 the second.
    private static IEnumerable<Comparison> QaFeedback(DataSet set)
    {
        foreach (var record in JsonLines.Read(set["dev_feedback.jsonl.gz"]))
        {
            var prompt = Comparison.Ask(record.Text("question"));
            RankedAnswer[] answers = [.. Enumerable.Range(1, 4).Select(i => new RankedAnswer(prompt, record.Text($"prediction {i}"), 0))];
            var shown = from first in Enumerable.Range(0, 4) from second in Enumerable.Range(first + 1, 3 - first) select (first, second);
            var pairs = shown.Zip(record.GetProperty("preference").EnumerateArray(), (pair, preference) => preference.GetInt32() switch { 1 => pair, 2 => (pair.second, pair.first), _ => (-1, -1) });
            yield return new Comparison(set.Name, prompt[0].Content, null, answers, [.. pairs.Where(p => p.Item1 >= 0)], OrderKnown: true);
        }
    }

    // One turn each with a thumb up or down, no two to one context: a good and a bad turn of conversations in the same hundredth make a pair.
    private static IEnumerable<Comparison> Taskmaster(DataSet set)
    {
        foreach (var group in set.Files.SelectMany(JsonLines.Read).GroupBy(r => (r.File, Hundredth: (int)(100 * StableHash.Share(r.Text("conversation_id"))))))
        {
            RankedAnswer[] turns = [.. group.Select(Turn).OfType<RankedAnswer>()];
            foreach (var (good, bad) in turns.Where(t => t.Score > 0).Zip(turns.Where(t => t.Score <= 0)))
            {
                yield return Comparison.ByScore(set.Name, $"{Path.GetFileName(group.Key.File)} {group.Key.Hundredth}", null, [good, bad], orderKnown: false);
            }
        }
    }

    // Calls of an interface are no text that a chat model would write: only turns of words count.
    private static RankedAnswer? Turn(JsonRecord record)
    {
        using var generation = JsonDocument.Parse(record.Text("generation"));
        if (!generation.RootElement.TryGetProperty("text", out var text)) return null;
        using var context = JsonDocument.Parse(record.Text("context"));
        Message[] said = [.. context.RootElement.EnumerateArray().Where(t => t.TryGetProperty("text", out _))
            .Select(t => new Message(t.GetProperty("role").GetString() == "user" ? ChatRole.User : ChatRole.Assistant, t.GetProperty("text").GetString()!))];
        var first = Array.FindIndex(said, m => m.Role == ChatRole.User);
        return first < 0 ? null : new RankedAnswer(said[first..], text.GetString()!, record.GetProperty("reward").GetDouble());
    }

    // The right answer against every wrong option.
    private static IEnumerable<Comparison> OpenTrivia(DataSet set)
    {
        var usable = QuestionSets.OpenTrivia(set).Select(c => c.Messages[0].Content).ToHashSet();
        foreach (var record in JsonLines.Read(set["opentriviaqa.jsonl.gz"]))
        {
            var (question, right) = (record.Text("question").Trim(), record.Text("answer").Trim());
            if (!usable.Contains(question) || !record.TryGetProperty("options", out var options)) continue;
            string[] shown = [.. options.EnumerateArray().Select(o => (o.GetString() ?? "").Trim()).Where(o => o.Length > 0)];
            var prompt = Comparison.Ask(question);
            if (shown.Length > 1 && shown.Contains(right)) yield return Comparison.ByScore(set.Name, question, null, [.. shown.Select(o => new RankedAnswer(prompt, o, o == right ? 1 : 0))], orderKnown: true);
        }
    }
}
