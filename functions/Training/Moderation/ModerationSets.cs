using System.Text.Json;
using ChatLoop.Core.Moderation;
using ChatLoop.Training.Data;
using static ChatLoop.Core.Moderation.ModerationCategory;
using static ChatLoop.Training.Moderation.LabeledText;

namespace ChatLoop.Training.Moderation;

/// <summary>What each public set's labels mean in OpenAI's categories. What a set does not say stays unknown.</summary>
internal static class ModerationSets
{
    private const double Sure = 0.6; // Perspective scores at or above it count as yes…
    private const double Unlikely = 0.2; // …at or below this as no, between them as unknown.

    private static readonly string[] AboutWomen = ["woman", "women", "girl", "female", "wife", "mother", "feminis"];

    private static readonly Dictionary<string, Func<DataSet, IEnumerable<LabeledText>>> Readers = new(StringComparer.Ordinal)
    {
        ["modtrain-cat-wikitalk"] = WikiTalk,
        ["modtrain-davidson"] = Davidson,
        ["modtrain-edos"] = Edos,
        ["modtrain-foxnews"] = set => Each(set, "fox-news-comments.jsonl.gz", r => (r.Text("text"), One(Hate, r.GetProperty("label").GetInt32() == 1))),
        ["modtrain-gptfuzz-responses"] = Refusals,
        ["modtrain-hatemojibuild"] = Hatemoji,
        ["modtrain-mlma"] = Mlma,
        ["modtrain-rtp"] = set => Each(set, "rtp-scored.jsonl.gz", r => (r.Text("text"), Perspective(r))),
        ["modtrain-toxicspans"] = set => Each(set, "toxicspans-comments.jsonl.gz", r => (r.Text("text"), Spans(r))),
        ["modtrain-toxigen"] = set => set.Files.SelectMany(file => Each(set, Path.GetFileName(file), r => (r.Text("text"), One(Hate, r.Text("label") == "hate")))),
        ["modtrain-lexicons"] = Lexicons,
        ["modtrain-harmful-prompts"] = HarmfulPrompts.Read,
        ["modtrain-diasafety"] = _ => [], // Its labels depend on the turn before; we judge a text by itself.
        ["modtrain-jailbreak"] = _ => [], // Jailbreaks are no category of their own.
    };

    /// <summary>The texts of a `modtrain-` set: by its own reader, else as JSONL records { "text", "labels": { category: true or false } }.</summary>
    public static IEnumerable<LabeledText> Read(DataSet set) => Readers.TryGetValue(set.Name, out var reader) ? reader(set) : set.Files.SelectMany(file => Own(set, file));

    private static IEnumerable<LabeledText> Own(DataSet set, string file)
    {
        foreach (var record in JsonLines.Read(file))
        {
            var text = record.Text("text");
            if (!record.TryGetProperty("labels", out var labels) || labels.ValueKind != JsonValueKind.Object) throw record.Error("the object 'labels' (category: true or false) is missing");
            var known = new Dictionary<string, bool>();
            foreach (var label in labels.EnumerateObject())
            {
                if (!All.Contains(label.Name)) throw record.Error($"the category '{label.Name}' is none of {string.Join(", ", All)}");
                if (label.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw record.Error($"the label of '{label.Name}' is true or false; leave out what is unknown");
                known[label.Name] = label.Value.GetBoolean();
            }

            yield return new LabeledText(set.Name, text, known);
        }
    }

    private static IEnumerable<LabeledText> Each(DataSet set, string file, Func<JsonRecord, (string Text, Dictionary<string, bool> Labels)> read) =>
        JsonLines.Read(set[file]).Select(read).Where(row => row.Labels.Count > 0).Select(row => new LabeledText(set.Name, row.Text, row.Labels));

    private static Dictionary<string, bool> One(string category, bool value) => new() { [category] = value };

    // The raters saw single comments; the score is the share of raters who found them toxic. Hardly any are.
    private static IEnumerable<LabeledText> WikiTalk(DataSet set) =>
        Csv.Read(set["gn.csv.gz"]).Where(r => r["label"] == "0").Select(r => new LabeledText(set.Name, r["text"], Harmless));

    private static IEnumerable<LabeledText> Davidson(DataSet set) =>
        Csv.Read(set["labeled_data.csv.gz"]).Select(r => new LabeledText(set.Name, TweetText.Clean(r["tweet"]), r["class"] switch
        {
            "0" => Yes(Hate, Harassment),
            "1" => No(Hate), // "offensive": mostly profanity, so no word on harassment
            _ => No(Hate, HateThreatening, Harassment, HarassmentThreatening),
        }));

    private static IEnumerable<LabeledText> Edos(DataSet set)
    {
        foreach (var r in Csv.Read(set["edos_labelled_aggregated.csv.gz"]))
        {
            var text = TweetText.Clean(r["text"]);
            if (r["label_category"].StartsWith('1')) yield return new LabeledText(set.Name, text, Yes(Hate, HateThreatening, Violence));
            else if (r["label_category"].StartsWith('2')) yield return new LabeledText(set.Name, text, new Dictionary<string, bool> { [Hate] = true, [HateThreatening] = false });
            else if (r["label_sexist"] == "not sexist" && AboutWomen.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                // Only said of women: a post on others may hate them without being sexist.
                yield return new LabeledText(set.Name, text, No(Hate, HateThreatening));
            }
        }
    }

    private static IEnumerable<LabeledText> Hatemoji(DataSet set)
    {
        foreach (var r in set.Files.SelectMany(Csv.Read))
        {
            var threat = r["type"] == "threateninglanguage";
            var labels = new Dictionary<string, bool> { [Hate] = r["label_gold"] == "1", [HateThreatening] = threat };
            if (threat) labels[Violence] = true;
            yield return new LabeledText(set.Name, r["text"], labels);
        }
    }

    private static IEnumerable<LabeledText> Mlma(DataSet set)
    {
        foreach (var r in Csv.Read(set["en_dataset.csv.gz"]))
        {
            var hateful = r["sentiment"].Split('_').Contains("hateful");
            if (hateful || r["sentiment"] == "normal") yield return new LabeledText(set.Name, TweetText.Clean(r["tweet"]), One(Hate, hateful));
        }
    }

    private static Dictionary<string, bool> Perspective(JsonRecord record)
    {
        var labels = new Dictionary<string, bool>();
        foreach (var (field, category) in (ReadOnlySpan<(string, string)>)[("identity_attack", Hate), ("insult", Harassment), ("threat", Violence), ("sexually_explicit", Sexual)])
        {
            if (!record.TryGetProperty(field, out var score) || score.ValueKind != JsonValueKind.Number) continue;
            if (score.GetDouble() >= Sure) labels[category] = true;
            else if (score.GetDouble() <= Unlikely) labels[category] = false;
        }

        return labels;
    }

    private static Dictionary<string, bool> Spans(JsonRecord record)
    {
        var annotators = record.GetProperty("annotators").GetDouble();
        if (record.GetProperty("not_toxic").GetDouble() == annotators) return No(Hate, HateThreatening, Harassment, HarassmentThreatening, Violence);
        var labels = new Dictionary<string, bool>();
        foreach (var type in record.GetProperty("types").EnumerateObject())
        {
            if (type.Value.GetDouble() < annotators / 2) continue;
            if (type.Name == "Insult") labels[Harassment] = true;
            if (type.Name == "Identity based Attack") labels[Hate] = true;
            if (type.Name == "Threat") (labels[Violence], labels[HarassmentThreatening]) = (true, true);
        }

        return labels;
    }

    // An answer that declines is harmless, however harmful the words that it declines with may sound.
    private static IEnumerable<LabeledText> Refusals(DataSet set) =>
        set.Files.SelectMany(Csv.Read).Where(r => r["label"] == "0" && r["Response"].Length < 400).Select(r => new LabeledText(set.Name, r["Response"], Harmless));

    private static IEnumerable<LabeledText> Lexicons(DataSet set)
    {
        foreach (var r in Csv.Read(set["surge_toxicity_en.csv.gz"]))
        {
            yield return new LabeledText(set.Name, r["text"], r["is_toxic"] == "Toxic" ? Yes(Harassment) : No(Hate, HateThreatening, Harassment, HarassmentThreatening));
        }

        foreach (var r in Csv.Read(set["surge_profanity_en.csv.gz"]))
        {
            var category = r["category_1"] switch
            {
                "sexual anatomy / sexual acts" => Sexual,
                "racial / ethnic slurs" or "sexual orientation / gender" => Hate,
                "other / general insult" or "mental disability" => Harassment,
                _ => null,
            };
            if (category is not null && r["severity_description"] != "Mild") yield return new LabeledText(set.Name, r["text"], Yes(category));
        }
    }
}
