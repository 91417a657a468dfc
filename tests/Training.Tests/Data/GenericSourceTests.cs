using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Data.Sources;

namespace ChatLoop.Training.Tests.Data;

/// <summary>The formats that Data/README.md promises.</summary>
public sealed class GenericSourceTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public void Every_example_of_the_readme_is_read_as_it_says()
    {
        var blocks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "README.md")).Split("```jsonl\n").Skip(1).Select(b => b.Split("```")[0].Trim().Split('\n')).ToArray();
        Assert.Equal(4, blocks.Length);
        for (var i = 0; i < blocks.Length; i++) _folder.Write($"block{i}/examples.jsonl", blocks[i]);

        Assert.Equal((2, 0), Count("block0"));
        Assert.Equal((0, 2), Count("block1"));
        Assert.Equal((0, 0), Count("block2"));
        Assert.Equal(3, RankedSets.Read(_folder.Set("block2")).Count());
        Assert.Equal((0, 0), Count("block3"));
        Assert.Equal("The sun was low.\n\nAna walked home along the river.", GenericSource.Texts(_folder.Set("block0")).First().Text);
        Assert.Equal([("user", "What is bread made of?"), ("assistant", "Of flour, water, salt and yeast.")], GenericSource.Conversations(_folder.Set("block1")).First().Messages.Select(m => (m.Role, m.Content)));
        Assert.True(Assert.Single(ModerationSets(blocks[3]))["harassment"]);
    }

    [Fact]
    public void Text_files_and_gzip_are_read_and_a_loose_file_is_a_set_of_its_own()
    {
        _folder.Write("notes.txt", "Loose.");
        _folder.Write("set/a.txt.gz", "Packed.");
        _folder.Write("set/b.jsonl.gz", """{ "text": "A line." }""", "", """{ "text": "Another." }""");

        Assert.Equal(["Loose."], Texts("notes"));
        Assert.Equal(["Packed.", "A line.", "Another."], Texts("set"));
    }

    [Theory]
    [InlineData("not json", "not a JSON record")]
    [InlineData("""{ "txt": "misspelt" }""", "has one of the fields text, messages")]
    [InlineData("""["text"]""", "has one of the fields text, messages")]
    [InlineData("""{ "text": 7 }""", "the text field 'text' is missing")]
    [InlineData("""{ "messages": "hello" }""", "'messages' is no list")]
    [InlineData("""{ "messages": [{ "role": "user" }] }""", "the text field 'content' is missing")]
    [InlineData("""{ "messages": [{ "role": "bot", "content": "Hi." }] }""", "the role 'bot' is none of system, user, assistant")]
    public void A_bad_row_is_named_with_its_file_and_line(string row, string message)
    {
        var file = _folder.Write("set/rows.jsonl", """{ "text": "Good." }""", row);
        var error = Assert.Throws<StageException>(() => Count("set"));
        Assert.Contains($"{file}, line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_named()
    {
        var file = _folder.Write("set/table.csv", "a,b");
        Assert.Contains($"{file}: only .txt and .jsonl", Assert.Throws<StageException>(() => Count("set")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_gzip_is_named()
    {
        var file = _folder.Write("set/rows.jsonl.gz", [.. Enumerable.Range(0, 2000).Select(i => $$"""{ "text": "{{i * 7919 % 10007}}" }""")]);
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(bytes.Length / 2, 40).Fill(0xFF);
        File.WriteAllBytes(file, bytes);
        Assert.Contains(file, Assert.Throws<StageException>(() => Count("set")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Texts(string set) => [.. GenericSource.Texts(_folder.Set(set)).Select(d => d.Text.Trim())];

    private (int Documents, int Conversations) Count(string set) => (GenericSource.Texts(_folder.Set(set)).Count(), GenericSource.Conversations(_folder.Set(set)).Count());

    private IEnumerable<IReadOnlyDictionary<string, bool>> ModerationSets(string[] lines)
    {
        _folder.Write("modtrain-own/examples.jsonl", lines);
        return Training.Moderation.ModerationSets.Read(_folder.Set("modtrain-own")).Select(text => text.Labels);
    }
}
