using ChatLoop.Training.Data;

namespace ChatLoop.Training.Moderation;

/// <summary>The test texts: HateCheck, HatemojiCheck, AdvBench and HarmBench. None of them is ever trained on.</summary>
internal static class HeldOutTests
{
    public static IEnumerable<string> Texts(IReadOnlyList<DataSet> sets) =>
        HateCheck(sets).Select(c => c.Text).Concat(HatemojiCheck(sets).Select(c => c.Text)).Concat(HarmfulRequests(sets));

    /// <summary>Röttger et al. 2021: each case tests one function of a hate classifier.</summary>
    public static IEnumerable<(string Functionality, string Text, bool Hateful)> HateCheck(IReadOnlyList<DataSet> sets) =>
        Find(sets, "modeval-hatecheck") is { } set ? Csv.Read(set["test_suite_cases.csv.gz"]).Select(r => (r["functionality"], r["test_case"], r["label_gold"] == "hateful")) : [];

    public static IEnumerable<(string Functionality, string Text, bool Hateful)> HatemojiCheck(IReadOnlyList<DataSet> sets) =>
        Find(sets, "modeval-hatemojicheck") is { } set ? Csv.Read(set["test.csv.gz"]).Select(r => (r["functionality"], r["text"], r["label_gold"] == "1")) : [];

    public static IEnumerable<string> HarmfulRequests(IReadOnlyList<DataSet> sets) =>
        Find(sets, HarmfulPrompts.SetName) is { } set ? HarmfulPrompts.HeldOut(set) : [];

    private static DataSet? Find(IReadOnlyList<DataSet> sets, string name) => sets.FirstOrDefault(set => set.Name == name);
}
