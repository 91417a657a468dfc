using ChatLoop.Training.Data;
using static ChatLoop.Core.Moderation.ModerationCategory;
using static ChatLoop.Training.Moderation.LabeledText;

namespace ChatLoop.Training.Moderation;

/// <summary>
/// Requests for harm, by the kind their authors gave them. Kinds that are merely unwise, partisan or rude (HarmfulQA, defamation, election
/// advertising, financial advice) say nothing of our categories and are left out; AdvBench and HarmBench are for the test.
/// </summary>
internal static class HarmfulPrompts
{
    public const string SetName = "modtrain-harmful-prompts";

    private const string FileName = "harmful-prompts.jsonl.gz";

    private static readonly string[] HeldOutSources = ["AdvBench", "HarmBench"];

    public static IEnumerable<LabeledText> Read(DataSet set)
    {
        foreach (var record in JsonLines.Read(set[FileName]))
        {
            var source = record.Text("source");
            if (HeldOutSources.Contains(source) || Kind(source, record.Text("category")) is not { } categories) continue;
            yield return new LabeledText(set.Name, record.Text("text"), Yes(categories));
        }
    }

    /// <summary>The prompts kept for the test, without HarmBench's and AdvBench's own kinds, which differ from ours.</summary>
    public static IEnumerable<string> HeldOut(DataSet set) =>
        JsonLines.Read(set[FileName]).Where(r => HeldOutSources.Contains(r.Text("source"))).Select(r => r.Text("text"));

    private static string[]? Kind(string source, string category) => (source, category.TrimEnd(':')) switch
    {
        ("SAP200", "fraud") => [Illicit],
        ("SAP200", "race" or "religion") => [Hate],
        ("SAP200", "suicide") => [SelfHarm],
        ("SAP200", "terrorism") => [Illicit, IllicitViolent, Violence],
        ("SAP200", "violence") => [Violence],
        ("AILuminate-demo", "iwp" or "vcr") => [Illicit, IllicitViolent],
        ("AILuminate-demo", "ncr" or "prv") => [Illicit],
        ("AILuminate-demo", "ssh") => [SelfHarm],
        ("AILuminate-demo", "hte") => [Hate],
        ("AILuminate-demo", "sxc_prn") => [Sexual],
        ("CatQA", var kind) => CatQa(kind),
        _ => null,
    };

    private static string[]? CatQa(string kind) => kind.Split(" / ", 2) switch
    {
        ["Adult Content", _] => [Sexual],
        ["Hate/Harass/Violence", "Cyberbullying"] => [Harassment],
        ["Hate/Harass/Violence", "Racial or ethnic hate" or "Religious intolerance"] => [Hate],
        ["Hate/Harass/Violence", "Terrorism and extremism"] => [Illicit, IllicitViolent, Violence],
        ["Hate/Harass/Violence", "Gender-based violence"] => [Violence],
        ["Illegal Activity", "Weapon"] or ["Physical Harm", "Weapon making"] => [Illicit, IllicitViolent],
        ["Physical Harm", "Assault and battery"] => [Illicit, IllicitViolent, Violence],
        ["Physical Harm", "Self-harm"] => [SelfHarm, SelfHarmInstructions],
        ["Illegal Activity" or "Malware Viruses" or "Fraud/Deception", _] => [Illicit],
        ["Economic Harm", "Financial fraud" or "Investment scams" or "Employment scams"] => [Illicit],
        ["Privacy Violation Activity", "Data theft" or "Doxxing"] => [Illicit],
        _ => null,
    };
}
