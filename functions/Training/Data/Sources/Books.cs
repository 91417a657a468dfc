namespace ChatLoop.Training.Data.Sources;

/// <summary>Long texts: novels, textbooks, stories.</summary>
internal static class Books
{
    // The children's books are a set of their own: plain words, short sentences, and so a larger share of a small model's diet.
    public static IEnumerable<TextDocument> Clic(DataSet set) =>
        from file in set.Files
        let part = Path.GetFileName(file).Split('.')[0] == "chilit" ? "children" : "novels"
        from record in JsonLines.Read(file)
        select new TextDocument($"{set.Name}-{part}", record.Text("text"));

    public static IEnumerable<TextDocument> OpenStax(DataSet set) =>
        JsonLines.Read(set["openstax.jsonl.gz"])
            .Where(record => record.Text("title") != "Preface")
            .Select(record => new TextDocument(set.Name, record.Text("title") + "\n\n" + record.Text("text")));

    public static IEnumerable<TextDocument> Squality(DataSet set) =>
        JsonLines.Read(set["stories.jsonl.gz"]).Where(IsTrain).Select(record => new TextDocument(set.Name, record.Text("text")))
            .Concat(JsonLines.Read(set["summaries.jsonl.gz"]).Where(IsTrain)
                .SelectMany(record => record.GetProperty("responses").EnumerateArray().Select(summary => new TextDocument(set.Name, summary.GetString() ?? ""))));

    public static IEnumerable<TextDocument> Storybooks(DataSet set) =>
        JsonLines.Read(set["storybooks-en.jsonl.gz"]).Select(record => new TextDocument(set.Name, record.Text("title") + "\n\n" + record.Text("text")));

    public static IEnumerable<TextDocument> FairyTales(DataSet set) =>
        JsonLines.Read(set["stories.jsonl.gz"]).Where(IsTrain)
            .Select(record => new TextDocument(set.Name, string.Join("\n\n", record.GetProperty("sections").EnumerateArray().Select(section => section.GetString()))));

    private static bool IsTrain(JsonRecord record) => record.Text("split") == "train";
}
