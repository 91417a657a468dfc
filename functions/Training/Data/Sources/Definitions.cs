namespace ChatLoop.Training.Data.Sources;

/// <summary>Dictionaries and glossaries: sentences to read, and questions about a word with its definition as the answer.</summary>
internal static class Definitions
{
    public static IEnumerable<TextDocument> Texts(DataSet set) =>
        Senses(set).Chunk(20).Select(senses => new TextDocument(set.Name, string.Join("\n", senses.Select(sense => Sentence(sense.Word, sense.Kind, sense.Meaning) + sense.Example))));

    /// <summary>The first sense of each word; how the question is put goes by the word, so that every wording is seen.</summary>
    public static IEnumerable<Conversation> Wordset(DataSet set) =>
        Senses(set).DistinctBy(sense => sense.Word).Select(sense => Conversation.Of(
            set.Name, Question(sense.Word, sense.Kind), Sentence(sense.Word, sense.Kind, sense.Meaning) + sense.Example, sense.Word));

    public static IEnumerable<Conversation> OpenStax(DataSet set) =>
        from record in JsonLines.Read(set["glossary.jsonl.gz"])
        let term = record.Text("term").Trim()
        let meaning = record.Text("meaning").Trim().TrimEnd('.')
        where term.Length is > 1 and < 60 && meaning.Length > 10
        from question in new[] { $"What is {term}?", $"What does {term} mean?" }
        select Conversation.Of(set.Name, question, $"{Capital(term)} means {meaning}.", term);

    private static IEnumerable<(string Word, string Kind, string Meaning, string Example)> Senses(DataSet set) =>
        from record in JsonLines.Read(set["wordset.jsonl.gz"])
        let word = record.Text("word")
        let meaning = record.Text("def").Trim().TrimEnd('.')
        where word.Length > 1 && meaning.Length > 3
        select (word, record.Text("pos"), meaning, Example(record));

    private static string Example(JsonRecord record) =>
        record.TryGetProperty("example", out var example) && example.GetString() is { Length: > 10 and < 160 } text ? $" For example: {Capital(text.Trim().TrimEnd('.'))}." : "";

    private static string Question(string word, string kind) => (kind, StableHash.Of(word) % 5) switch
    {
        ("noun", 0 or 1) => $"What is {Article(word)}{word}?",
        ("noun", 2) => $"Tell me what {Article(word)}{word} is.",
        (_, 3) => $"Define {word}.",
        (_, 4) => $"What is the meaning of {word}?",
        _ => $"What does {word} mean?",
    };

    private static string Sentence(string word, string kind, string meaning) => kind switch
    {
        "noun" => $"{Capital(Article(word) + word)} is {meaning}.",
        "verb" => $"To {word} means to {meaning}.",
        _ => $"{Capital(word)} means {meaning}.",
    };

    // Names and plurals take no article; the rest by their first letter.
    private static string Article(string word) =>
        char.IsUpper(word[0]) || word.EndsWith('s') ? "" : "aeiou".Contains(word[0], StringComparison.Ordinal) ? "an " : "a ";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
