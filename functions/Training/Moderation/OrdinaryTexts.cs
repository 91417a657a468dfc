using System.Text.Json;
using System.Text.RegularExpressions;
using ChatLoop.Training.Data;
using static ChatLoop.Training.Moderation.LabeledText;

namespace ChatLoop.Training.Moderation;

/// <summary>Texts that must pass: schoolbooks, novels, small talk, bookings, sums, quiz and everyday questions, and the assistant's own manners.</summary>
internal static partial class OrdinaryTexts
{
    private static readonly Dictionary<string, Func<DataSet, IEnumerable<string>>> Readers = new(StringComparer.Ordinal)
    {
        ["pretrain-openstax"] = set => JsonLines.Read(set["openstax.jsonl.gz"]).SelectMany(r => Paragraphs(r.Text("text")))
            .Concat(JsonLines.Read(set["glossary.jsonl.gz"]).SelectMany(r => (string[])[$"What is {r.Text("term")}?", r.Text("meaning")])),
        ["pretrain-clic"] = set => JsonLines.Read(set["chilit.jsonl.gz"]).SelectMany(r => Paragraphs(r.Text("text"))),
        ["sft-topicalchat"] = set => JsonLines.Read(set["topicalchat-valid-test.jsonl.gz"]).SelectMany(r => r.GetProperty("turns").EnumerateArray().Select(turn => turn[1].GetString()!)),
        ["sft-sgd"] = set => JsonLines.Read(set["train.jsonl.gz"]).SelectMany(r => r.GetProperty("turns").EnumerateArray().Select(turn => turn[1].GetString()!)),
        ["sft-gsm8k"] = set => JsonLines.Read(set["train.jsonl.gz"]).Select(r => r.Text("question")),
        ["pref-query-wellformedness"] = set => JsonLines.ReadText(set["train.tsv.gz"]).Split('\n').Select(line => line.Split('\t')[0]).Where(query => !Risky().IsMatch(query)),
        ["sft-opentriviaqa"] = set => JsonLines.Read(set["opentriviaqa.jsonl.gz"]).Select(r => r.Text("question")),
        ["persona"] = set => set.Files.SelectMany(JsonLines.Read).SelectMany(r => r.GetProperty("messages").EnumerateArray().Select(m => r.Part(m).Text("content"))),
    };

    public static bool IsKnown(DataSet set) => IsKnown(set.Name);

    public static bool IsKnown(string set) => Readers.ContainsKey(set);

    /// <summary>At most <paramref name="most"/> texts of the set, picked by their hash, so that the choice is the same in every run.</summary>
    public static IEnumerable<LabeledText> Read(DataSet set, int most) =>
        Readers[set.Name](set).Where(text => text.Length is > 2 and < 2000).Distinct(StringComparer.Ordinal)
            .OrderBy(StableHash.Of).Take(most).Select(text => new LabeledText(set.Name, text, Harmless));

    private static IEnumerable<string> Paragraphs(string text) => text.Split("\n\n").Where(paragraph => paragraph.Length > 40);

    // People asked a public site these questions: the few that might not be harmless are left out as unknown.
    [GeneratedRegex("sex|porn|naked|nude|penis|vagina|masturbat|orgasm|breast|fuck|shit|bitch|meth\\b|cocaine|heroin|weed|drug|bomb|weapon|gun|hack|crack|suicide|kill|steal|illegal|fake|nigg|gay", RegexOptions.IgnoreCase)]
    private static partial Regex Risky();
}
