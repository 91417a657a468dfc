using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class RankedFormatsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ranked-").FullName;

    [Fact]
    public void Pairs_are_read_as_TRL_writes_them_in_both_its_forms()
    {
        var read = Read(
            """{ "prompt": "Is ice cold?", "chosen": "Yes.", "rejected": "No.", "labeler": "ana" }""",
            """{ "prompt": [{ "role": "user", "content": "Is ice cold?" }], "chosen": [{ "role": "assistant", "content": "Yes." }], "rejected": [{ "role": "assistant", "content": "No." }] }""");
        Assert.Equal(["ana", null], read.Select(c => c.Labeler));
        Assert.All(read, c =>
        {
            Assert.Equal(("Is ice cold?", "Is ice cold?"), (c.Key, c.Answers[0].Prompt[^1].Content));
            Assert.Equal([("Yes.", "No.")], Pairs(c));
        });
    }

    [Fact]
    public void K_ranked_answers_make_all_pairs_but_ties()
    {
        var read = Read("""{ "prompt": "q", "answers": [{ "text": "a", "rank": 2 }, { "text": "b", "rank": 1 }, { "text": "c", "rank": 2 }] }""");
        Assert.Equal([("b", "a"), ("b", "c")], Pairs(Assert.Single(read)));
    }

    [Fact]
    public void Scored_answers_are_put_together_by_prompt_and_labeler()
    {
        var read = Read(
            """{ "prompt": "q", "answer": "a", "score": 1, "labeler": "ana" }""",
            """{ "prompt": "q", "answer": "b", "score": 3.5, "labeler": "ana" }""",
            """{ "prompt": "q", "answer": "c", "score": 9, "labeler": "ben" }""");
        var comparison = Assert.Single(read);
        Assert.Equal("ana", comparison.Labeler);
        Assert.Equal([("b", "a")], Pairs(comparison));
    }

    [Theory]
    [InlineData("""{ "chosen": "a", "rejected": "b" }""", "'prompt' is missing")]
    [InlineData("""{ "prompt": "q", "chosen": "a" }""", "'rejected' is missing")]
    [InlineData("""{ "prompt": "q", "answers": [{ "text": "a", "rank": 1 }] }""", "at least two")]
    [InlineData("""{ "prompt": "q", "answer": "a", "score": "high" }""", "'score' is no number")]
    [InlineData("""{ "prompt": "q" }""", "ranked answers have")]
    public void A_record_that_is_none_of_them_is_named_with_its_line(string record, string reason)
    {
        var error = Assert.Throws<StageException>(() => Read("", record));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preferences_between_pairs_are_taken_as_they_are()
    {
        var set = Set("pref-qa-feedback-dev", "dev_feedback.jsonl", """{ "question": "q", "prediction 1": "a", "prediction 2": "b", "prediction 3": "c", "prediction 4": "d", "preference": [0, 1, 2, 1, 2, 2] }""", compress: true);
        Assert.Equal([("a", "c"), ("d", "a"), ("b", "c"), ("d", "b"), ("d", "c")], Pairs(Assert.Single(RankedSets.Read(set))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string, string)[] Pairs(Comparison c) => [.. c.Pairs.Select(p => (c.Answers[p.Better].Text, c.Answers[p.Worse].Text))];

    private Comparison[] Read(params string[] lines) => [.. RankedSets.Read(Set("pref-mine", "mine.jsonl", string.Join('\n', lines), compress: false))];

    private DataSet Set(string name, string file, string text, bool compress)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, compress ? file + ".gz" : file);
        if (!compress) File.WriteAllText(path, text);
        else
        {
            using var stream = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return DataSet.Find(_folder).Single(s => s.Name == name);
    }
}
