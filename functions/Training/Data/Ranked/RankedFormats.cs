using System.Text.Json;

namespace ChatLoop.Training.Data.Ranked;

/// <summary>The documented formats of ranked answers (Data/README.md): K answers, pairs as TRL reads them, and scored answers.</summary>
internal static class RankedFormats
{
    /// <summary>Comparisons of a set's JSONL files; single scored answers are put together by their prompt and labeler.</summary>
    /// <exception cref="Cli.StageException">A record that is none of the three; it names the file and the line.</exception>
    public static IEnumerable<Comparison> Read(DataSet set)
    {
        var scored = new Dictionary<(string Prompt, string? Labeler), List<RankedAnswer>>();
        foreach (var record in set.Files.SelectMany(JsonLines.Read))
        {
            var prompt = Prompt(record);
            var (key, labeler) = (prompt[^1].Content, record.TryGetProperty("labeler", out _) ? record.Text("labeler") : null);
            if (record.TryGetProperty("chosen", out _))
            {
                yield return Comparison.ByScore(set.Name, key, labeler, [new(prompt, Answer(record, "chosen"), 1), new(prompt, Answer(record, "rejected"), 0)], orderKnown: false);
            }
            else if (record.TryGetProperty("answers", out var answers))
            {
                if (answers.ValueKind != JsonValueKind.Array || answers.GetArrayLength() < 2) throw record.Error("'answers' must be a list of at least two");
                yield return Comparison.ByScore(set.Name, key, labeler, [.. answers.EnumerateArray().Select(record.Part).Select(a => new RankedAnswer(prompt, a.Text("text"), Place(a)))], orderKnown: true);
            }
            else if (record.TryGetProperty("answer", out _))
            {
                var id = (string.Join('\n', prompt.Select(m => m.Role + m.Content)), labeler);
                if (!scored.TryGetValue(id, out var list)) scored[id] = list = [];
                list.Add(new RankedAnswer(prompt, record.Text("answer"), Number(record, "score")));
            }
            else
            {
                throw record.Error("ranked answers have 'chosen' and 'rejected', or 'answers', or 'answer' and 'score'");
            }
        }

        foreach (var ((_, labeler), answers) in scored.Where(s => s.Value.Count > 1)) yield return Comparison.ByScore(set.Name, answers[0].Prompt[^1].Content, labeler, answers, orderKnown: true);
    }

    // A text, or TRL's conversational form: a list of messages.
    private static IReadOnlyList<Message> Prompt(JsonRecord record)
    {
        var prompt = record.GetProperty("prompt");
        if (prompt.ValueKind == JsonValueKind.String) return Comparison.Ask(prompt.GetString()!);
        if (prompt.ValueKind != JsonValueKind.Array || prompt.GetArrayLength() == 0) throw record.Error("'prompt' is neither a text nor a list of messages");
        return [.. prompt.EnumerateArray().Select(record.Part).Select(m => new Message(m.Text("role"), m.Text("content")))];
    }

    private static string Answer(JsonRecord record, string field)
    {
        var value = record.GetProperty(field);
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? record.Part(value[0]).Text("content") : record.Text(field);
    }

    // `rank` counts from 1, the best; `score` the other way.
    private static double Place(JsonRecord answer) => answer.TryGetProperty("rank", out _) ? -Number(answer, "rank") : Number(answer, "score");

    private static double Number(JsonRecord record, string field) =>
        record.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : throw record.Error($"'{field}' is no number");
}
