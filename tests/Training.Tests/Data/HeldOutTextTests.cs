using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tests.Data;

public sealed class HeldOutTextTests
{
    private const string Long = "which of these gases do most green plants take from the air during the day";
    private const string Short = "Who wrote Hamlet?";
    private const string Middle = "Who wrote the play Hamlet?";

    [Theory]
    [InlineData("They asked: which of these gases do most GREEN plants take, from the air during a night", true)] // 13 words of it
    [InlineData("which of these gases do most green plants take from the wind", false)] // 10 of them
    [InlineData("who wrote the play hamlet", true)]
    [InlineData("Tell me who wrote the play Hamlet, please.", false)] // a short text counts as a whole alone
    [InlineData("Who wrote Hamlet?", false)] // too short to hold anything out
    public void Words_in_a_row_of_a_test_and_whole_short_tests_are_found(string text, bool touches)
    {
        var heldOut = new HeldOutText();
        foreach (var test in (string[])[Long, Short, Middle]) heldOut.Add(test);
        Assert.Equal(touches, heldOut.Touches(text));
    }

    [Fact]
    public async Task Nothing_held_out_enters_training_whatever_the_format_of_the_test()
    {
        using var folder = new DataFolder();
        string[] secrets = [Sentence(1), Sentence(2), Sentence(3), Sentence(4), Sentence(5)];
        folder.Write("eval-one/test.jsonl", $$"""{ "question": "{{secrets[0]}}", "options": [{ "deep": ["{{secrets[1]}}"] }] }""");
        folder.Write("eval-two/test.tsv.gz", $"id\ttext", $"7\t{secrets[2]}");
        folder.Write("modeval-three/test.txt", secrets[3]);
        folder.Write("modeval-four/test.csv", $"1,\"{secrets[4]}\"");
        folder.Write("stories/a.txt", [.. secrets.SelectMany(s => new[] { "An innocent beginning.", "", $"He said: {s}!", "" })]);
        folder.Write("stories/b.jsonl", [.. secrets.Select(s => $$"""{ "text": "{{s.ToUpperInvariant()}}" }""")]);
        folder.Write("talk/c.jsonl", [.. secrets.Select(s => $$"""{ "messages": [{ "role": "user", "content": "Hello there" }, { "role": "assistant", "content": "{{s}}" }] }""")]);
        folder.Write("talk/d.jsonl", """{ "messages": [{ "role": "user", "content": "Is ice cold?" }, { "role": "assistant", "content": "Yes." }] }""");

        var report = await folder.ReadAsync();

        var written = string.Concat(Directory.EnumerateFiles(folder.Run.Data, "*.jsonl").Select(File.ReadAllText));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, written, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("An innocent beginning.", written, StringComparison.Ordinal);
        Assert.Contains("Is ice cold?", written, StringComparison.Ordinal);
        Assert.Equal(10, report.Sets.Single(s => s.Name == "stories").HeldOut);
        Assert.Equal(5, report.Sets.Single(s => s.Name == "talk").HeldOut);
        Assert.DoesNotContain(report.Sets, s => s.Name.StartsWith("eval-", StringComparison.Ordinal) || s.Name.StartsWith("modeval-", StringComparison.Ordinal));
    }

    private static string Sentence(int n) => string.Join(' ', Enumerable.Range(0, 15).Select(i => $"word{n}x{i}"));
}
